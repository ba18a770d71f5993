// Everything here adds to pages that are complete without it.
(() => {
const doc = document, root = doc.documentElement
const all = (q, e = doc) => [...e.querySelectorAll(q)], one = (q, e = doc) => e.querySelector(q)
const make = (name, more) => Object.assign(doc.createElement(name), more)
const button = (textContent, onclick) => make('button', {type: 'button', textContent, onclick})
const [copyText, copied, language, ...modes] = doc.currentScript.dataset.texts.split('|')
// What readers chose stays, where their browser lets it.
const store = (key, value) => {
  try { return value == null ? localStorage[key] : localStorage[key] = value } catch {}
}

// Light or dark. This file blocks in <head>, so the choice stands before the
// first paint, and with it what only scripts make work.
const schemes = ['', 'light', 'dark']
let scheme = Math.max(0, schemes.indexOf(store('theme')))
const paint = () => root.style.colorScheme = schemes[scheme]
paint()
root.dataset.js = ''

const toggle = () => {
  const tool = one('#theme')
  if (!tool) return
  const show = () => {
    paint()
    tool.title = modes[scheme]
    // What is filled of the circle: half, nothing, all.
    one('path', tool).setAttribute('d', ['M8 2a6 6 0 0 1 0 12', '', 'M8 2a6 6 0 1 0 .1 0'][scheme])
  }
  tool.onclick = () => {
    scheme = (scheme + 1) % 3
    store('theme', schemes[scheme])
    show()
  }
  show()
}

// Copy buttons, only where copying works.
const copy = () => {
  if (navigator.clipboard) for (const code of all('.code')) {
    const copier = button(copyText, async () => {
      await navigator.clipboard.writeText(one('code', code).textContent)
      copier.textContent = copied
      setTimeout(() => copier.textContent = copyText, 1500)
    })
    code.append(copier)
  }
}

// Code pairs are tabs on narrow screens, where the engine opens what a link or a
// search leads to. A choice holds for every pair, on every page.
const pairs = () => {
  if (!('onbeforematch' in root) || !matchMedia('(width<44rem)').matches) return
  const sets = all('.pair').map(pair => {
    const panels = all('.code', pair), kinds = panels.map(panel => one('code', panel).className)
    const list = make('div', {role: 'tablist', ariaLabel: language})
    const show = at => panels.forEach((panel, i) => {
      panel.hidden = i != at && 'until-found'
      tabs[i].ariaSelected = i == at
      tabs[i].tabIndex = -(i != at)
    })
    const tabs = panels.map((panel, i) => {
      const tab = button(one('figcaption *', panel)?.firstChild.textContent || i + 1, () => {
        store('code', kinds[i])
        sets.forEach(open => open())
        show(i)
      })
      tab.role = 'tab'
      // A figure with a caption may have no other role.
      Object.assign(one('pre', panel), {role: 'tabpanel', ariaLabel: tab.textContent})
      panel.onbeforematch = () => show(i)
      return tab
    })
    list.onkeydown = e => {
      const by = {ArrowLeft: -1, ArrowRight: 1}[e.key], tab = by && tabs.at((tabs.indexOf(e.target) + by) % tabs.length)
      tab?.focus()
      tab?.click()
    }
    list.append(...tabs)
    pair.prepend(list)
    const open = () => {
      const at = kinds.indexOf(store('code'))
      if (at >= 0) show(at)
    }
    show(0), open()
    return open
  })
}

// Tables can be sorted by their columns of figures; what is none comes last.
const sorts = () => all('th.num').forEach(head => {
  const [body] = head.closest('table').tBodies
  const size = row => parseFloat(row.cells[head.cellIndex].textContent.replace(/[,\s](?=\d{3})/g, '').match(/-?[\d.]+/))
  const sorter = button('', () => {
    const way = head.ariaSort == 'ascending' ? -1 : 1
    body.append(...[...body.rows].sort((a, b) => way * (size(a) - size(b)) || isNaN(size(a)) - isNaN(size(b))))
    all('th', head.parentNode).forEach(head => head.ariaSort = null)
    head.ariaSort = way > 0 ? 'ascending' : 'descending'
  })
  sorter.append(...head.childNodes)
  head.append(sorter)
})

// The section being read is marked in the contents.
const contents = () => {
  const toc = one('.toc')
  if (!toc) return
  const links = all('[href^="#"]', toc), heads = links.map(a => doc.getElementById(decodeURIComponent(a.hash.slice(1))))
  let now
  // The preview may show another text in the same window.
  const mark = onscroll = () => {
    const at = heads.findLastIndex(head => head?.getBoundingClientRect().top < 140)
    if (at == now) return
    links[now]?.removeAttribute('aria-current')
    links[now = at]?.setAttribute('aria-current', 'location')
    toc.scrollTop = (links[at] || one('[aria-current]', toc))?.offsetTop - toc.clientHeight / 2
  }
  mark()
}

// The search is loaded when it opens; the search page has it in place.
const search = () => {
  const link = one('[data-search]')
  if (!link) return
  const load = () => import(link.dataset.search)
  const open = e => {
    e.preventDefault()
    load().then(search => search.open(link)).catch(() => location = link.href)
  }
  link.onclick = e => e.ctrlKey || e.metaKey || e.shiftKey || open(e)
  addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey ? e.key == 'k' : e.key == '/' && !e.target.closest('input,textarea,select,[contenteditable]')) open(e)
  })
  const place = one('.find-here')
  if (place) load().then(search => search.mount(link, place))
}

addEventListener('DOMContentLoaded', () => { toggle(), copy(), pairs(), sorts(), contents(), search() })
})()
