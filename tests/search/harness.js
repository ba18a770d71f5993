// Uses the search as a reader does, and tells the test what came of it.
const results = {}
const frame = document.querySelector('iframe')
const wait = async (what, is) => {
  for (let left = 400; left; left--) {
    const value = await is()
    if (value) return value
    await new Promise(done => setTimeout(done, 25))
  }
  throw Error('never: ' + what)
}
const open = async path => {
  frame.src = path
  await new Promise(done => frame.onload = done)
}
const page = () => frame.contentDocument
const $ = selector => page().querySelector(selector)
const all = selector => [...page().querySelectorAll(selector)]
const press = (target, key, more) => target.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...more}))
const type = (text, box = 'dialog') => {
  const input = $(`${box} input`)
  input.value = text
  input.dispatchEvent(new InputEvent('input', {bubbles: true}))
}
const chosen = () => $('[aria-selected=true]')
const has = text => () => all('dialog [role=group]').find(group => group.ariaLabel.includes(text))
const loaded = name => frame.contentWindow.performance.getEntriesByType('resource').some(({name: url}) => url.includes(name))

const steps = {
  async 'nothing is loaded before the search opens'() {
    await open('/sub/one/')
    await new Promise(done => setTimeout(done, 200))
    return !loaded('search') && !$('dialog')
  },
  async 'a slash opens it, and the field has the focus'() {
    $('a[data-search]').focus()
    press(page().activeElement, '/')
    await wait('a dialog', () => $('dialog[open]') && page().activeElement == $('dialog input'))
    return $('dialog input').getAttribute('aria-expanded') == 'false'
  },
  async 'a word finds its sections, with the word marked'() {
    type('walrus')
    await wait('results', has('One'))
    const section = all('dialog [role=option]').find(option => option.textContent.includes('Of animals'))
    return section.getAttribute('href') == '/sub/one/#of-animals' && section.querySelector('mark').textContent == 'walrus'
      && $('dialog input').getAttribute('aria-expanded') == 'true' && $('dialog [role=status]').textContent == '2 articles'
  },
  async 'nothing of a text is read as HTML'() {
    type('markup')
    await wait('results', has('Two'))
    const text = $('dialog [role=listbox]').textContent
    return text.includes('<img src=x onerror=alert(1)>') && !$('dialog img') && !$('dialog script')
  },
  async 'arrows choose and the field says what is chosen'() {
    type('walrus')
    await wait('results', has('One'))
    const input = $('dialog input'), first = chosen()
    press(input, 'ArrowDown')
    const second = chosen()
    press(input, 'ArrowUp'), press(input, 'ArrowUp')
    const last = chosen()
    press(input, 'ArrowDown')
    return first == chosen() && first != second && last == all('dialog [role=option]').at(-1)
      && input.getAttribute('aria-activedescendant') == first.id
  },
  async 'a word that nothing has is told, with a way on'() {
    type('qqqqqqqq')
    await wait('nothing', () => $('dialog [role=status]').textContent == 'Nothing found.')
    return $('dialog .find-help a').getAttribute('href').endsWith('/sub/search/') && $('dialog [role=listbox]').hidden
  },
  async 'a filter narrows, and can be taken away'() {
    type('walrus')
    await wait('results', has('Two'))
    const select = $('dialog select')
    select.value = 'tags:second'
    select.dispatchEvent(new Event('change', {bubbles: true}))
    await wait('fewer', () => !has('One')() && has('Two')())
    select.value = ''
    select.dispatchEvent(new Event('change', {bubbles: true}))
    return wait('more', has('One'))
  },
  async 'an older answer never takes the place of a newer one'() {
    const {contentWindow} = frame, {fetch} = contentWindow
    contentWindow.fetch = async (...request) => {
      if (String(request[0]).includes('terms-')) await new Promise(done => setTimeout(done, 500))
      return fetch(...request)
    }
    // Words of shards that no word before was in.
    type('w100x5 ')
    await new Promise(done => setTimeout(done, 350))
    type('walrus')
    await wait('the newer', has('One'))
    await new Promise(done => setTimeout(done, 900))
    contentWindow.fetch = fetch
    return Boolean(has('One')())
  },
  async 'closing gives the focus back'() {
    $('.find-close').click()
    return wait('the focus', () => !$('dialog[open]') && page().activeElement == $('a[data-search]'))
  },
  async 'results stand within 100 ms of the last key'() {
    press(page().body, 'k', {ctrlKey: true})
    await wait('a dialog', () => $('dialog[open]'))
    const times = []
    for (let i = 0; i < 11; i++) {
      for (const [text, title] of [['markup', 'Two'], ['walrus ', 'One']]) {
        const list = $('dialog [role=listbox]')
        const done = new Promise(done => new MutationObserver((_, seen) => (seen.disconnect(), done())).observe(list, {childList: true}))
        const start = performance.now()
        type(text)
        await done
        times.push(performance.now() - start)
        await wait(title, has(title))
      }
    }
    results.milliseconds = times.sort((a, b) => a - b)[times.length >> 1]
    return results.milliseconds < 100
  },
  async 'Enter leads to the section'() {
    type('walrus')
    await wait('results', has('One'))
    const options = all('dialog [role=option]')
    const to = options.findIndex(option => option.textContent.includes('Of animals'))
    for (let i = 0; i < to; i++) press($('dialog input'), 'ArrowDown')
    press($('dialog input'), 'Enter')
    await wait('the section', () => frame.contentWindow.location.hash == '#of-animals')
    return !$('dialog[open]')
  },
  async 'the search page answers what its address asks'() {
    await open('/sub/search/?q=walrus&tags=second')
    await wait('results', () => all('.find-here [role=option]').length)
    const input = $('.find-here input'), titles = all('.find-here [role=group]').map(group => group.ariaLabel)
    press(page().body, '/')
    const isThere = await wait('the focus', () => page().activeElement == input && !$('dialog'))
    type('markup', '.find-here')
    await wait('an address', () => frame.contentWindow.location.search == '?q=markup&tags=second')
    return isThere && titles.join() == 'Two'
  },
}

for (const [name, step] of Object.entries(steps)) {
  try {
    results[name] = Boolean(await step())
  } catch (error) {
    results[name] = String(error)
  }
}
fetch('/done', {method: 'POST', body: JSON.stringify(results)})
