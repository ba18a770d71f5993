// Keeps an open page as the preview would answer it now: what changed is
// swapped in, the reader's place stays, problems lie over the page.
(() => {
const here = document.currentScript, base = here.src.replace(/client\.js.*/, '')
let tag = here.dataset.tag, version = here.dataset.version, busy = false, again = false, source, retry

const all = (query, from) => [...from.querySelectorAll(query)]
const address = () => location.pathname + location.search
const parse = text => new DOMParser().parseFromString(text, 'text/html')
const isOurs = e => e.localName == 'script' && (e.src || '').startsWith(base)
const isRun = s => !s.type || /javascript|module|importmap/.test(s.type)
// What runs can't be taken back: with other scripts a page is loaded anew.
const scripts = page => all('script', page).filter(s => isRun(s) && !isOurs(s))
  .map(s => s.src || s.textContent).join('\n')
const attributes = e => [...e.attributes].map(a => a.name + '=' + a.value).join('\n')

// Focus, open details, fields and scrolled boxes, by where they are.
const way = e => {
  if (e.id) return '#' + CSS.escape(e.id)
  const above = e.parentElement
  return above ? way(above) + '>:nth-child(' + (1 + [...above.children].indexOf(e)) + ')' : ':root'
}
const label = d => d.querySelector('summary')?.textContent.trim() + '\n' + (d.id || '')
const remember = from => {
  const counts = {}, open = {}
  for (const d of all('details', from)) {
    const name = label(d), nth = counts[name] = (counts[name] || 0) + 1
    open[name + nth] = d.open
  }
  const boxes = all('*', from).filter(e => e.scrollTop || e.scrollLeft)
    .map(e => [way(e), e.scrollTop, e.scrollLeft])
  const fields = all('input, textarea, select', from).map(e => [way(e), e.value, e.checked])
  const focus = from.contains(document.activeElement) && document.activeElement
  const held = focus && focus != document.body && [way(focus), focus.selectionStart, focus.selectionEnd]
  return () => {
    const counts = {}
    for (const d of all('details', document.body)) {
      const name = label(d), nth = counts[name] = (counts[name] || 0) + 1
      if (name + nth in open) d.open = open[name + nth]
    }
    for (const [where, value, checked] of fields) {
      const e = document.querySelector(where)
      if (!e || e.type == 'file') continue
      e.value = value
      if (checked !== undefined) e.checked = checked
    }
    for (const [where, top, left] of boxes) document.querySelector(where)?.scrollTo(left, top)
    const e = held && document.querySelector(held[0])
    if (e) {
      e.focus({preventScroll: true})
      try { if (held[1] != null) e.setSelectionRange(held[1], held[2]) } catch {}
    }
  }
}

const isStyle = e => e.localName == 'link' && e.relList.contains('stylesheet')
const sheets = page => all('link', page.head).filter(isStyle)
const stays = e => isStyle(e) || e.localName == 'title' || e.localName == 'script' && isRun(e)
const parts = body => [...body.children].filter(e => !isOurs(e))

// The page as it was answered last, and what of it is open: scripts change that,
// and add to it what no answer has.
let last = document.cloneNode(true), styles = sheets(document), own = parts(document.body),
  meta = [...document.head.children].filter(e => !stays(e))

// The new stylesheet stands before the old one goes, so that nothing flashes.
const restyle = (old, href) => new Promise(done => {
  const link = old.cloneNode()
  link.href = href
  link.onload = link.onerror = () => (old.remove(), done())
  old.after(link)
  styles = styles.map(e => e == old ? link : e)
})

const swapHead = page => {
  const href = link => link.getAttribute('href'), next = sheets(page)
  const changes = styles.map((link, at) => href(next[at]) == href(link) || restyle(link, href(next[at])))
  document.title = page.title
  meta.forEach(e => e.remove())
  meta = [...page.head.children].filter(e => !stays(e)).map(e => document.importNode(e, true))
  document.head.append(...meta)
  return Promise.all(changes)
}

const swap = async text => {
  const page = parse(text), before = last, x = scrollX, y = scrollY
  const next = parts(page.body)
  const isSame = own.length == next.length && own.every((e, at) => e.isConnected && e.localName == next[at].localName)
  if (scripts(before) != scripts(page) || styles.length != sheets(page).length || !page.querySelector('main') || !isSame ||
      attributes(page.body) != attributes(before.body)) return location.reload()
  const was = parts(before.body), root = document.documentElement
  last = parse(text)
  for (const {name, value} of page.documentElement.attributes)
    if (before.documentElement.getAttribute(name) != value) root.setAttribute(name, value)
  await swapHead(page)
  const restore = remember(document.body)
  own = own.map((e, at) => {
    if (was[at].outerHTML == next[at].outerHTML || e.localName == 'script') return e
    const other = document.importNode(next[at], true)
    e.replaceWith(other)
    return other
  })
  // Scripts set a page up when it is there; now it is there again.
  document.dispatchEvent(new Event('DOMContentLoaded', {bubbles: true}))
  restore()
  scrollTo({left: x, top: y, behavior: 'instant'})
}

// What a page is made of by address, and what of it changed though its address
// stays.
const pieces = () => new Set(all('link, script[src], img, video, audio, source', document).map(e => e.href || e.src))
const path = url => { try { return new URL(url, location).pathname } catch {} }
const reload = async (assets, before) => {
  const changed = new Set(assets ? assets.map(path) : [...before].map(path))
  if (!changed.size) return
  const isOld = url => before.has(url) && changed.has(path(url))
  if (all('script[src]', document).some(s => isOld(s.src))) return location.reload()
  const links = all('link', document).filter(isStyle)
  // What no page names may be named by a stylesheet.
  const isDirect = [...changed].every(a => [...before].some(url => path(url) == a) || !/\.(css|woff2?|ttf|otf)$/.test(a))
  await Promise.all(links.filter(l => isOld(l.href) || !isDirect).map(l => restyle(l, l.getAttribute('href'))))
  for (const e of all('img, video, audio, source', document)) if (isOld(e.src)) {
    const url = new URL(e.src)
    url.searchParams.set('versus', Date.now())
    e.src = url
  }
}

const style = `
:host { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
  background: #1c1917; color: #f5f5f4; font: 14px/1.5 ui-monospace, monospace; border-top: 4px solid #ef4444 }
article, p.more { padding: .5rem 1rem } article + article { border-top: 1px solid #57534e }
h2 { font: inherit; margin: 0 } b { color: #fca5a5 } p { margin: 0 } a { color: #93c5fd }
pre { margin: .25rem 0; overflow: auto; font: inherit } i { color: #a8a29e; font-style: normal }
mark { background: #7f1d1d; color: #fff } em { color: #fca5a5; font-style: normal }
button { position: sticky; top: 0; float: right; font: inherit; background: #44403c; color: inherit; border: 0; padding: .25rem .75rem; cursor: pointer }`
let shown = ''
const show = html => {
  if (html == shown) return
  shown = html
  document.querySelector('versus-problems')?.remove()
  if (!html) return
  const host = document.createElement('versus-problems'), root = host.attachShadow({mode: 'open'})
  const sheet = new CSSStyleSheet
  sheet.replaceSync(style)
  root.adoptedStyleSheets = [sheet]
  root.innerHTML = html
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  close.onclick = () => host.remove()
  root.prepend(close)
  host.setAttribute('role', 'alert')
  document.body.append(host)
}

// The assets that changed; any of them, if the preview can't tell.
let waiting = [], newest
const refresh = async change => {
  waiting = waiting && change.assets && [...waiting, ...change.assets]
  newest = change.version
  if (busy) return again = true
  busy = true
  try {
    do {
      again = false
      const changed = waiting, before = pieces(), now = newest
      waiting = []
      const [problems, answer] = await Promise.all([
        fetch(base + 'problems?' + encodeURIComponent(location.pathname), {cache: 'no-store'}),
        fetch(address(), {cache: 'no-store', headers: {'If-None-Match': '"' + tag + '"'}}),
      ])
      if (answer.redirected) return location.reload()
      // A page that could not be made leaves the one that could.
      if (answer.status != 304 && answer.status != 500) {
        const text = await answer.text()
        tag = (answer.headers.get('ETag') || '').replaceAll('"', '')
        await swap(text)
      }
      show(await problems.text())
      await reload(changed, before)
      version = now
    } while (again)
  } catch {
    // The preview went away; when it is back it says what was missed.
    hush()
    retry = setTimeout(listen, 400)
  } finally {
    busy = false
  }
}

// Pages that nobody sees let their connection go: browsers have few.
const hush = () => { clearTimeout(retry); source?.close(); source = null }
const listen = () => {
  if (document.hidden) return hush()
  if (source) return
  source = new EventSource(base + 'events?' + version)
  source.onmessage = e => refresh(JSON.parse(e.data))
  // A new connection says what was seen last, and after a refusal there is no other.
  source.onerror = () => { hush(); retry = setTimeout(listen, 400) }
}
document.addEventListener('visibilitychange', listen)
addEventListener('pagehide', hush)
addEventListener('pageshow', listen)
listen()
})()
