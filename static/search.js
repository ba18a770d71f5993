// The search: loaded when it opens, and nothing of it before. The guide
// (Search) says what it does, `src/search/shard.rs` what the files hold.

// Words, by the rules of `src/terms/words.rs`; `tests/words.json` holds both to
// them.
const DENSE = '\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff'
const INNER = `(?:(?![${DENSE}])[\\p{Alphabetic}\\p{N}\\p{M}_])`
const LETTER = /[\p{Alphabetic}\p{N}]/gu
const RUN = new RegExp(`[${DENSE}]+`, 'yu')
const WORD = new RegExp(`(?:${INNER}|[-.'’](?=${INNER}))+`, 'yu')
const JOINED = /[-.'’_]/
const NAME = /^\p{Alphabetic}+$/u
const SHARP = new RegExp(`#(?!${INNER})`, 'yu')
const LONGEST = 40

const length = text => /^[\x00-\x7f]*$/.test(text) ? text.length : new TextEncoder().encode(text).length

const fold = text => /^[\x00-\x7f]*$/.test(text)
  ? text.toLowerCase()
  : text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').replaceAll('’', "'")

const at = (pattern, text, index) => {
  pattern.lastIndex = index
  return pattern.exec(text)
}

// Every word of a text, each a list: the word, whether it is a piece of the one
// before, and where it begins and ends in the text.
export const words = text => {
  const found = []
  const piece = (part, start) => {
    if (length(part) > 1 && !/^[0-9]+$/.test(part)) found.push([fold(part), true, start, start + part.length])
  }
  for (let index = 0, match; match = at(LETTER, text, index);) {
    const run = at(RUN, text, match.index)
    if (run) {
      const chars = [...run[0]]
      let start = match.index
      for (let i = 0; i < Math.max(chars.length - 1, 1); i++) {
        const pair = chars[i] + (chars[i + 1] || '')
        found.push([fold(pair), false, start, start + pair.length])
        start += chars[i].length
      }
      index = RUN.lastIndex
      continue
    }
    const start = match.index
    let word = at(WORD, text, start)[0]
    index = start + word.length
    if (NAME.test(word)) {
      if (text.startsWith('++', index)) word += '++'
      else if (word.length == 1 && word < '\x80' && at(SHARP, text, index)) word += '#'
      index = start + word.length
    }
    word = word.replace(/_+$/, '')
    if (length(word) > LONGEST) continue
    const whole = fold(word)
    found.push([whole.endsWith("'s") ? whole.slice(0, -2) : whole, false, start, start + word.length])
    let from = start
    for (const segment of word.split(JOINED)) {
      if (JOINED.test(word)) piece(segment, from)
      humps(segment, (hump, offset) => piece(hump, from + offset))
      from += segment.length + 1
    }
  }
  return found
}

// `maxRetries` has two humps, `HTTPServer` too, `server` none.
const humps = (word, found) => {
  const chars = [...word]
  const is = (pattern, i) => i >= 0 && i < chars.length && pattern.test(chars[i])
  const upper = /\p{Uppercase}/u, lower = /\p{Lowercase}/u
  let start = 0, offset = 0
  chars.forEach((char, i) => {
    if (i && is(upper, i) && (is(lower, i - 1) || is(upper, i - 1) && is(lower, i + 1))) {
      found(word.slice(start, offset), start)
      start = offset
    }
    offset += char.length
  })
  if (start) found(word.slice(start), start)
}

// The word without a final s that may be a plural's.
export const singular = word => {
  const last = word.split(/[^\p{Alphabetic}\p{N}]/u).pop()
  return word.endsWith('s') && length(last) > 3 && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : ''
}

// Whether two words differ by one letter that is missing, too many, another, or
// swapped with its neighbour. With `open`, `b` may go on behind.
export const near = (a, b, open) => {
  if (Math.abs(a.length - b.length) > 1 && !(open && b.length > a.length)) return false
  let i = 0
  while (i < a.length && a[i] == b[i]) i++
  if (i == a.length) return true
  const rest = (x, y) => open ? b.startsWith(a.slice(x), y) : a.slice(x) == b.slice(y)
  return rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1)
    || a[i] == b[i + 1] && a[i + 1] == b[i] && rest(i + 2, i + 2)
}

// By characters: what JavaScript compares by has those beyond 16 bits elsewhere.
const isBefore = (a, b) => {
  const [x, y] = [[...a], [...b]]
  let i = 0
  while (i < y.length && x[i] == y[i]) i++
  return i < y.length && !(i < x.length && x[i].codePointAt(0) > y[i].codePointAt(0))
}

class Shard {
  constructor(buffer, kept) {
    const bytes = new Uint8Array(buffer), view = new DataView(buffer), decoder = new TextDecoder()
    let place = 0
    const number = () => {
      for (let value = 0, scale = 1; ; scale *= 128) {
        if (place >= bytes.length) throw Error('a shard that ends too soon')
        const byte = bytes[place++]
        value += (byte & 127) * scale
        if (byte < 128) return value
      }
    }
    const text = () => {
      const size = number()
      return decoder.decode(bytes.subarray(place, place += size))
    }
    this.prefixes = new Map()
    for (let count = number(); count; count--) {
      this.prefixes.set(text(), Array.from({length: number()}, text))
    }
    this.words = new Map()
    let before = new Uint8Array()
    for (let count = number(); count; count--) {
      const shared = number(), size = number(), word = new Uint8Array(shared + size)
      word.set(before.subarray(0, shared))
      word.set(bytes.subarray(place, place += size), shared)
      before = word
      this.words.set(decoder.decode(word), {pages: number()})
    }
    const level = () => view.getUint16((place += 2) - 2, true)
    for (const entry of this.words.values()) {
      const count = Math.min(entry.pages, kept)
      Object.assign(entry, {shard: this, start: place})
      for (let left = count; left; place++) if (bytes[place] < 128) left--
      place += count > 1 ? 4 + count : 2
    }
    // Read when they are asked for: most words of a shard never are.
    this.each = (entry, found) => {
      const count = Math.min(entry.pages, kept), pages = []
      place = entry.start
      for (let i = 0, page = 0; i < count; i++) pages.push(page += number())
      const low = level(), high = count > 1 ? level() : low
      pages.forEach((page, i) => {
        const step = count > 1 ? bytes[place + i] : 0
        const weight = Math.exp((low + step * (high - low) / 255 - 32768) / 4096)
        found(page, weight / (1 + weight))
      })
    }
  }
}

const PAUSE = 200
const SHOWN = 8
const SHARDS = 8
const FULL = 5
const stale = Symbol('a newer question was asked')

// The index of a site. `load(path, kind)` gives a file of it.
export class Index {
  constructor(load) {
    this.load = load
    this.files = new Map()
    this.ready = new Set()
  }

  // Asks whether there is a newer index.
  async open() {
    const head = await this.load('index.json', 'json')
    if (head.version != this.head?.version) this.files.clear(), this.ready.clear()
    this.head = head
  }

  // A file, once. Who types on does not ask for what is not there yet.
  async file(path, kind, asked, read = data => data) {
    if (!this.files.has(path)) {
      await asked?.pause()
      const file = this.load(`${path}?v=${this.head.version}`, kind).then(read)
      this.files.set(path, file)
      file.catch(() => this.files.delete(path))
    }
    return this.files.get(path)
  }

  // The number of the shard that has a word, if one has.
  place(word) {
    const {shards} = this.head
    let low = 0, high = shards.length
    while (high - low > 1) {
      const middle = low + high >> 1
      if (!isBefore(word, shards[middle])) low = middle
      else high = middle
    }
    return low
  }

  shard(word, asked) {
    const {kept} = this.head
    return this.file(`terms-${this.place(word)}.bin`, 'bytes', asked, buffer => new Shard(buffer, kept))
  }

  async entry(word, asked) {
    return (await this.shard(word, asked)).words.get(word)
  }

  page(number, asked) {
    return this.file(`pages/${number}.json`, 'json', asked)
  }

  rarity(pages) {
    const all = this.head.pages
    return Math.log(1 + (all - pages + .5) / (pages + .5))
  }

  // The words that a word of the query stands for, each with its pages and what
  // it counts for.
  async find(word, open, asked) {
    const shard = await this.shard(word, asked), short = singular(word)
    let text = word, exact = shard.words.get(word)
    if (!exact && short) text = short, exact = await this.entry(short, asked)
    const longer = open ? await this.longer(word, shard, asked) : []
    if (exact) {
      const rarity = this.rarity(exact.pages)
      const lesser = longer.filter(([other]) => other != text)
      return [{text, ...exact, rarity}, ...lesser.map(([text, entry]) =>
        ({text, ...entry, rarity: .4 * Math.min(rarity, this.rarity(entry.pages))}))]
    }
    if (longer.length) return this.alike(longer, 1)
    if ([...word].length < 4) return []
    const slips = await this.slips(word, short, open, shard, asked)
    return this.alike(slips, .8).map(word => ({...word, isGuess: true}))
  }

  // The words that one may be a slip of, those of most pages: what begins alike
  // is in its own shard, and what titles and headings say in a list.
  async slips(word, short, open, shard, asked) {
    const known = await this.file('words.json', 'json', asked)
    for (const isOpen of open ? [false, true] : [false]) {
      const is = other => !other.includes(':') && (near(word, other, isOpen) || short && near(short, other))
      const slips = new Map([...shard.words].filter(([other]) => is(other)))
      for (const other of known.filter(is).slice(0, 4)) {
        const entry = slips.get(other) || await this.entry(other, asked)
        if (entry) slips.set(other, entry)
      }
      // What was mistyped in the plural is told in the plural.
      const told = other => near(word, other, isOpen) ? other : `${other}s`
      const found = [...slips].sort((a, b) => b[1].pages - a[1].pages).slice(0, 3)
      if (found.length) return found.map(([other, entry]) => [other, {...entry, told: told(other)}])
    }
    return []
  }

  // Words in place of one that is not there: together they are as rare as it.
  alike(entries, share) {
    const pages = entries.reduce((sum, [, entry]) => sum + entry.pages, 0)
    const rarity = share * this.rarity(Math.min(pages, this.head.pages))
    return entries.map(([text, entry]) => ({text, ...entry, rarity}))
  }

  // The words that begin with one. A letter alone begins too many, unless it is
  // of a script in which it is half of a pair.
  async longer(word, shard, asked) {
    if (word.length == 1 && word < '\u0e00') return []
    const found = new Map([...shard.words].filter(([other]) => other.startsWith(word) && !other.includes(':')))
    for (const other of shard.prefixes.get(word) || []) {
      const entry = found.get(other) || await this.entry(other, asked)
      if (entry) found.set(other, entry)
    }
    return [...found]
  }

  // The words of a query, as lists of the words each stands for.
  async terms(text, asked) {
    const found = words(text), last = found.findLastIndex(([, isPiece]) => !isPiece)
    // The last word is still being typed unless something stands behind it.
    const isOpen = i => i == last && found[i][3] == text.length
    const wholes = this.telling(found.flatMap(([word, isPiece], i) => isPiece ? [] : [{word, i}]))
    const lists = []
    for (const {word, i} of wholes) {
      const pieces = []
      for (let next = i + 1; found[next]?.[1]; next++) pieces.push(found[next][0])
      let list = await this.find(word, isOpen(i), asked)
      if (list.length && !(list[0].isGuess && pieces.length) || !pieces.length) {
        lists.push({word, list})
        continue
      }
      for (const word of new Set(pieces)) {
        list = await this.find(word, isOpen(i) && word == pieces.at(-1), asked)
        lists.push({word, list})
      }
    }
    return lists
  }

  // The words of a long query that tell most: the most common ones go first, and
  // what would take too many shards goes unasked.
  telling(wholes) {
    wholes = wholes.filter(({word}, i) => wholes.findLastIndex(other => other.word == word) == i)
    for (const common of this.head.common) {
      if (wholes.length > FULL) wholes = wholes.filter(({word}) => word != common)
    }
    const shards = new Set()
    return wholes.filter(({word}) => shards.size < SHARDS && shards.add(this.place(word)) || shards.has(this.place(word)))
  }

  // The pages that answer a query, the best first: `{hits, count, all, terms}`,
  // where `count` pages have one of its words and `all` have every one.
  async search(text, labels = [], limit = SHOWN, asked) {
    const terms = await this.terms(text, asked)
    const size = this.head.pages, scores = new Float64Array(size), has = new Uint8Array(size)
    const own = new Float64Array(size)
    for (const {list} of terms) {
      own.fill(0)
      for (const entry of list) {
        const {shard, rarity} = entry
        shard.each(entry, (page, weight) => own[page] = Math.max(own[page], weight * rarity))
      }
      own.forEach((score, page) => {
        if (score) scores[page] += score, has[page]++
      })
    }
    if (!terms.length && labels.length) scores.fill(1)
    for (const label of labels) {
      const allowed = new Uint8Array(size), entry = await this.entry(label, asked)
      entry?.shard.each(entry, page => allowed[page] = 1)
      allowed.forEach((is, page) => is || (scores[page] = 0))
    }
    const hits = []
    let count = 0, all = 0
    // Of two alike the newer comes first.
    for (let page = size - 1; page >= 0; page--) {
      const score = scores[page]
      if (!score) continue
      count++
      if (has[page] == terms.length) all++
      if (hits.length == limit && score <= hits[limit - 1].score) continue
      let place = hits.length
      while (place && hits[place - 1].score < score) place--
      hits.splice(place, 0, {page, score})
      hits.length = Math.min(hits.length, limit)
    }
    return {hits, count, all, terms}
  }
}

// Which words of a text answer the query: for each the word's weight.
const matcher = (terms, text) => {
  const known = new Map()
  const open = words(text).filter(([, isPiece]) => !isPiece).pop()
  const isTyped = open?.[3] == text.length && !terms.at(-1)?.list.some(({text}) => text == open[0])
  const prefix = isTyped && (open[0].length > 1 || open[0] >= '\u0e00') ? open[0] : ''
  const find = word => {
    for (const [i, {list}] of terms.entries()) {
      if (list.some(({text}) => text == word || text == singular(word))) return i
    }
    return prefix && word.startsWith(prefix) ? terms.length - 1 : -1
  }
  return word => {
    if (!known.has(word)) known.set(word, find(word))
    return known.get(word)
  }
}

// The sections of a page that answer best, and its beginning.
const sections = (page, terms, match, most) => {
  page.words ||= page.sections.map(([, heading, text]) => [words(heading), words(text)])
  const rarity = terms.map(({list}) => Math.max(0, ...list.map(term => term.rarity)))
  const found = page.sections.map(([id, heading, text], i) => {
    const [inHeading, inText] = page.words[i].map(words =>
      words.map(([word, , start, end]) => ({term: match(word), start, end})).filter(({term}) => term >= 0))
    const counts = terms.map((_, term) => {
      const is = mark => mark.term == term
      const count = inText.filter(is).length + 3 * inHeading.filter(is).length
      return count / (count + 2) * rarity[term]
    })
    return {id, heading, text, inHeading, inText, score: counts.reduce((sum, count) => sum + count, 0)}
  })
  const [first, ...rest] = found
  return [first, ...rest.filter(({score}) => score).sort((a, b) => b.score - a.score).slice(0, most)]
}

const EXCERPT = 170

// The part of a text that has most of the words, as text and marks.
const excerpt = ({text, inText}, rarity) => {
  let best = 0, most = -1
  inText.forEach(({start}, i) => {
    const seen = new Set()
    for (let j = i; j < inText.length && inText[j].end - start < EXCERPT - 40; j++) seen.add(inText[j].term)
    const sum = [...seen].reduce((sum, term) => sum + rarity[term], 0)
    if (sum > most + 1e-9) most = sum, best = i
  })
  let from = 0
  if (inText.length && inText[best].start > 60) {
    from = text.lastIndexOf(' ', inText[best].start - 40) + 1
    // Where no blank is near, as in Chinese, anywhere will do.
    if (inText[best].start - from > 80) from = inText[best].start - 20
  }
  let to = Math.min(text.length, from + EXCERPT)
  if (to < text.length) {
    const blank = text.lastIndexOf(' ', to)
    if (blank > to - 40) to = blank
  }
  return [from ? '… ' : '', ...marked(text, inText, from, to), to < text.length ? ' …' : '']
}

// A text with its marks, as nodes: nothing of it is read as HTML.
const marked = (text, marks, from = 0, to = text.length) => {
  const nodes = []
  for (const {start, end} of marks) {
    if (start < from || end > to) continue
    nodes.push(text.slice(from, start), make('mark', {}, text.slice(start, end)))
    from = end
  }
  nodes.push(text.slice(from, to))
  return nodes
}

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

// What the search says: as `strings/en.yaml` has it, which a test holds, or as the
// site has it, which the link to the search then carries.
export const texts = {
  field: 'Search', results: 'Results', more: 'More results', any: 'Any', subject: 'Subject',
  choose: 'choose', open: 'open', close: 'close', close_button: 'Close',
  count: {one: '{count} article', other: '{count} articles'},
  near: {
    one: 'No article has all of these words; {count} article comes near',
    other: 'No article has all of these words; {count} articles come near',
  },
  read: '{found}; read {words}', guess: '“{guess}” for “{word}”', separator: ', ',
  nothing: 'Nothing found.', try: 'Try fewer or other words, or look through',
  nothing_filtered: 'Nothing found with these filters.', everything: 'Search everything',
  failed: 'The search can’t be loaded just now.', list: 'Look through', list_link: 'every article on one page',
}

const say = (key, values = {}) => {
  let text = texts[key]
  if (text.other) {
    const {lang} = document.documentElement
    text = text[new Intl.PluralRules(lang || 'en').select(values.count)] || text.other
  }
  return text.replace(/{(\w+)}/g, (whole, name) => values[name]?.toLocaleString() ?? whole)
}

// The field, the filters and the results, in the dialog or on the search page.
class Box {
  constructor(index, home, name, onQuery = () => {}) {
    Object.assign(this, {index, home, name, onQuery, asked: 0, chosen: -1, limit: SHOWN})
    this.input = make('input', {
      type: 'text', role: 'combobox', enterkeyhint: 'search', autocomplete: 'off', autocapitalize: 'off',
      spellcheck: 'false', 'aria-label': say('field'), 'aria-autocomplete': 'list', 'aria-expanded': 'false',
      'aria-controls': `${name}_hits`, placeholder: say('field'),
    })
    this.filters = make('div', {class: 'find-filters'})
    this.status = make('p', {class: 'find-status', role: 'status'})
    this.help = make('div', {class: 'find-help'})
    this.list = make('div', {class: 'find-hits', id: `${name}_hits`, role: 'listbox', 'aria-label': say('results')})
    this.list.hidden = true
    this.more = make('button', {type: 'button', class: 'find-more'}, say('more'))
    this.more.hidden = true
    this.element = make('div', {class: 'find-box'},
      this.input, this.filters, this.status, this.list, this.help, this.more)
    this.input.oninput = event => event.isComposing || this.changed()
    this.input.addEventListener('compositionend', () => this.changed())
    this.input.onkeydown = event => this.key(event)
    this.list.onmousemove = event => {
      const option = event.target.closest('[role=option]')
      if (option) this.choose(this.options().indexOf(option), false)
    }
    this.more.onclick = async () => {
      const before = this.limit
      this.limit += SHOWN
      await this.ask()
      this.choose(this.options().findIndex(option => option.dataset.hit == before))
      this.input.focus()
    }
  }

  // The selects are made anew where the index is a newer one.
  async open() {
    await this.index.open()
    if (this.version == this.index.head.version) return
    this.version = this.index.head.version
    const chosen = this.labels()
    this.filters.replaceChildren(...this.index.head.facets.map(({name, title, values}) => {
      const options = values.map(([id, title, count]) => make('option', {value: `${name}:${id}`}, `${title} (${count})`))
      const select = make('select', {'data-name': name}, make('option', {value: ''}, say('any')), ...options)
      select.value = chosen.find(label => label.startsWith(`${name}:`)) || ''
      select.onchange = () => this.changed()
      return make('label', {}, `${name == 'subject' ? say('subject') : title} `, select)
    }))
  }

  selects() {
    return [...this.filters.querySelectorAll('select')]
  }

  labels() {
    return this.selects().map(select => select.value).filter(Boolean)
  }

  options() {
    return [...this.list.querySelectorAll('[role=option]')]
  }

  changed() {
    this.limit = SHOWN
    this.onQuery(this.input.value, this.labels())
    return this.ask()
  }

  // Asks what stands in the field. What an older question finds is dropped.
  async ask() {
    const number = ++this.asked, text = this.input.value, labels = this.labels()
    const check = () => { if (number != this.asked) throw stale }
    let paused = false
    const pause = async () => {
      if (!paused) await new Promise(done => setTimeout(done, PAUSE))
      paused = true
      check()
    }
    try {
      if (!this.version) await this.open()
      check()
      const answer = await this.index.search(text, labels, this.limit, {pause})
      check()
      const pages = await Promise.all(answer.hits.map(({page}) => this.index.page(page)))
      check()
      this.show(answer, pages, text, labels)
    } catch (error) {
      if (error == stale) return
      this.empty(say('failed'), [say('list'), ' ', this.all()])
      if (!(error instanceof TypeError)) console.error(error)
    }
  }

  all() {
    return make('a', {href: this.home}, say('list_link'))
  }

  empty(status, help) {
    this.list.replaceChildren()
    this.list.hidden = this.more.hidden = true
    this.input.setAttribute('aria-expanded', 'false')
    this.choose(-1)
    this.status.textContent = status
    this.help.replaceChildren(...help.length ? [make('p', {}, ...help)] : [])
  }

  show(answer, pages, text, labels) {
    const {terms, hits, count, all} = answer
    if (!terms.length && !labels.length) return this.empty('', [])
    if (!hits.length) return this.nothing(terms, labels)
    const match = matcher(terms, text), rarity = terms.map(({list}) => Math.max(0, ...list.map(term => term.rarity)))
    const groups = hits.map((hit, i) => this.group(i, pages[i], terms, match, rarity))
    this.list.replaceChildren(...groups)
    this.list.hidden = false
    this.help.replaceChildren()
    this.more.hidden = count <= this.limit
    this.input.setAttribute('aria-expanded', 'true')
    const guesses = terms.filter(({list}) => list[0]?.isGuess).map(({word, list}) => say('guess', {guess: list[0].told, word}))
    const found = terms.length > 1 && !all ? say('near', {count}) : say('count', {count: terms.length ? all : count})
    this.status.textContent = guesses.length ? say('read', {found, words: guesses.join(texts.separator)}) : found
    this.choose(0)
    this.list.scrollTop = 0
  }

  nothing(terms, labels) {
    if (!labels.length) return this.empty(say('nothing'), [say('try'), ' ', this.all()])
    const clear = make('button', {type: 'button'}, say('everything'))
    clear.onclick = () => {
      this.selects().forEach(select => select.value = '')
      this.input.focus()
      this.changed()
    }
    this.empty(say('nothing_filtered'), [clear])
  }

  // An article with its best sections.
  group(hit, page, terms, match, rarity) {
    const [first, ...rest] = sections(page, terms, match, 3)
    const title = words(page.title).map(([word, , start, end]) => ({term: match(word), start, end})).filter(({term}) => term >= 0)
    const option = (section, name, i) => {
      const text = section.text && (i || first.inText.length || !rest.length) ? [make('span', {}, ...excerpt(section, rarity))] : []
      const href = page.url + (section.id && `#${encodeURIComponent(section.id)}`)
      return make('a', {role: 'option', href, id: `${this.name}_${hit}_${i}`, 'data-hit': hit, tabindex: -1, 'aria-selected': 'false'}, name, ...text)
    }
    return make('div', {role: 'group', 'aria-label': page.title},
      option(first, make('b', {}, ...marked(page.title, title)), 0),
      ...rest.map((section, i) => option(section, make('b', {}, ...marked(section.heading, section.inHeading)), i + 1)))
  }

  choose(place, scroll = true) {
    const options = this.options()
    options[this.chosen]?.setAttribute('aria-selected', 'false')
    this.chosen = place
    const option = options[place]
    option?.setAttribute('aria-selected', 'true')
    if (scroll) option?.scrollIntoView({block: 'nearest'})
    if (option) this.input.setAttribute('aria-activedescendant', option.id)
    else this.input.removeAttribute('aria-activedescendant')
  }

  key(event) {
    const options = this.options(), count = options.length
    if (event.isComposing || !count) return
    const to = {ArrowDown: (this.chosen + 1) % count, ArrowUp: (this.chosen + count - 1 + (this.chosen < 0)) % count}[event.key]
    if (to != null) this.choose(to)
    else if (event.key == 'Enter' && options[this.chosen]) {
      const {ctrlKey, metaKey, shiftKey} = event
      options[this.chosen].dispatchEvent(new MouseEvent('click', {ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true}))
    } else return
    event.preventDefault()
  }
}

let shared, dialog, inline

// Takes the texts of the site, where they are not these.
const speak = link => Object.assign(texts, JSON.parse(link.dataset.texts || '{}'))

const index = home => shared ||= new Index(async (path, kind) => {
  const answer = await fetch(new URL(path, home), path.includes('?') ? {} : {cache: 'no-cache'})
  if (!answer.ok) throw TypeError(`${path}: ${answer.status}`)
  return kind == 'json' ? answer.json() : answer.arrayBuffer()
})

const styled = link => new Promise(done => {
  if (document.querySelector('link[data-find]')) return done()
  const style = make('link', {rel: 'stylesheet', 'data-find': '', href: link.dataset.style})
  style.onload = style.onerror = done
  document.head.append(style)
})

// Opens the search over the page; on the search page, goes to its field.
export const open = async link => {
  if (inline?.element.isConnected) return inline.input.focus()
  if (!dialog) {
    speak(link)
    const box = new Box(index(link.href), link.href, 'find')
    const keys = make('p', {class: 'find-keys'},
      make('span', {}, make('kbd', {}, '↑'), ' ', make('kbd', {}, '↓'), ` ${say('choose')}`),
      make('span', {}, make('kbd', {}, '↵'), ` ${say('open')}`), make('span', {}, make('kbd', {}, 'esc'), ` ${say('close')}`))
    const close = make('button', {type: 'button', class: 'find-close'}, say('close_button'))
    dialog = make('dialog', {class: 'find', 'aria-label': say('field')}, box.element, make('div', {class: 'find-foot'}, keys, close))
    dialog.box = box
    close.onclick = () => dialog.close()
    // Beside the dialog, or on a link of the page that is open.
    dialog.onclick = event => {
      if (event.target == dialog || event.target.closest('a') && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close()
    }
    document.body.append(dialog)
  }
  await styled(link)
  if (dialog.open) return
  const before = document.activeElement
  dialog.onclose = () => before?.focus({preventScroll: true})
  dialog.showModal()
  dialog.box.input.focus()
  dialog.box.input.select()
  try {
    await dialog.box.open()
  } catch {}
  if (dialog.box.input.value) dialog.box.ask()
}

// Puts the search into the search page; its address says what was asked.
export const mount = async (link, place) => {
  speak(link)
  const box = inline = new Box(index(link.href), link.href, 'find_page', (text, labels) => {
    const query = new URLSearchParams()
    if (text) query.set('q', text)
    for (const label of labels) query.append(...label.split(':'))
    history.replaceState(history.state, '', `${query}` ? `?${query}` : location.pathname)
  })
  const query = new URLSearchParams(location.search)
  box.input.value = query.get('q') || ''
  await styled(link)
  place.replaceChildren(box.element)
  try {
    await box.open()
  } catch {}
  for (const select of box.selects()) {
    const label = `${select.dataset.name}:${query.get(select.dataset.name)}`
    if ([...select.options].some(option => option.value == label)) select.value = label
  }
  if (box.input.value || box.labels().length) box.ask()
}
