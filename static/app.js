// Everything here adds to pages that are complete without it.
(() => {
const root = document.documentElement, all = (q, e = document) => [...e.querySelectorAll(q)]

// Light or dark. This file blocks in <head>, so the choice stands before the
// first paint.
let theme = ''
try { theme = localStorage.getItem('theme') || '' } catch {}
const names = {'': 'System', light: 'Light', dark: 'Dark'}
const after = {'': 'light', light: 'dark', dark: ''}
// What is filled of the circle on the button: half, nothing, all.
const shapes = {'': 'M8 2a6 6 0 0 1 0 12z', light: '', dark: 'M8 2a6 6 0 0 1 0 12a6 6 0 0 1 0-12z'}
if (!names[theme]) theme = ''
const paint = () => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme }
paint()

const toggle = () => {
  const button = document.getElementById('theme')
  if (!button || !CSS.supports('color', 'light-dark(#000, #fff)')) return
  const show = () => {
    button.setAttribute('aria-label', button.title = 'Colour theme: ' + names[theme])
    button.querySelector('path').setAttribute('d', shapes[theme])
  }
  button.onclick = () => {
    theme = after[theme]
    try { localStorage.setItem('theme', theme) } catch {}
    paint(), show()
  }
  show()
  button.hidden = false
}

// Copy buttons, only where copying works.
const copy = () => {
  if (navigator.clipboard) for (const figure of all('.code')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Copy'
    button.onclick = async () => {
      await navigator.clipboard.writeText(figure.querySelector('code').textContent)
      button.textContent = 'Copied'
      setTimeout(() => button.textContent = 'Copy', 1500)
    }
    figure.append(button)
  }
}

// Code pairs are tabs on narrow screens, where the engine opens what a link or a
// search leads to. A choice holds for every pair, on every page.
const pairs = () => {
  if (!('onbeforematch' in root) || !matchMedia('(max-width: 43.99rem)').matches) return
  let chosen
  try { chosen = localStorage.getItem('code') } catch {}
  const language = panel => panel.querySelector('code').className
  const sets = all('.pair').map(pair => {
    const list = document.createElement('div'), panels = all('.code', pair)
    const show = at => panels.forEach((panel, i) => {
      const tab = list.children[i]
      tab.ariaSelected = i == at
      tab.tabIndex = i == at ? 0 : -1
      panel.hidden = i != at && 'until-found'
    })
    panels.forEach((panel, i) => {
      const tab = document.createElement('button'), pre = panel.querySelector('pre')
      const label = panel.querySelector('strong, [id]') || panel.querySelector('figcaption')
      // A heading ends with the sign of its link.
      tab.textContent = pre.ariaLabel = label?.textContent.slice(0, label.id ? -1 : 99) || i + 1
      tab.role = 'tab'
      // A figure with a caption may have no other role.
      pre.role = 'tabpanel'
      panel.onbeforematch = () => show(i)
      tab.onclick = () => {
        chosen = language(panel)
        try { localStorage.setItem('code', chosen) } catch {}
        sets.forEach(open => open())
        show(i)
      }
      tab.onkeydown = e => {
        const to = {ArrowLeft: tab.previousSibling || list.lastChild, ArrowRight: tab.nextSibling || list.firstChild}[e.key]
        to?.focus()
        to?.click()
      }
      list.append(tab)
    })
    list.role = 'tablist'
    list.ariaLabel = pair.ariaLabel || 'Language'
    pair.prepend(list)
    show(0)
    return () => {
      const at = panels.findIndex(panel => language(panel) == chosen)
      if (at >= 0) show(at)
    }
  })
  sets.forEach(open => open())
}

// Contents: open beside the text in engines whose styles can't open them, and
// the section being read is marked.
const contents = () => {
  const toc = document.querySelector('.toc')
  if (!toc) return
  if (matchMedia('(min-width: 70rem)').matches) toc.querySelector('details').open = true
  const links = all('a', toc), heads = links.map(a => document.getElementById(decodeURIComponent(a.hash.slice(1))))
  let now = -1
  const mark = () => {
    let at = -1
    heads.forEach((h, i) => { if (h && h.getBoundingClientRect().top < 140) at = i })
    if (at == now) return
    links[now]?.removeAttribute('aria-current')
    now = at
    links[now]?.setAttribute('aria-current', 'location')
    if (links[now]) toc.scrollTop = links[now].offsetTop - toc.clientHeight / 2
  }
  mark()
  // The preview may show another text in the same window.
  onscroll = mark
}

// The search is loaded when it opens; the search page has it in place.
const search = () => {
  const link = document.querySelector('a[data-search]')
  if (!link) return
  const go = use => import(link.dataset.search).then(use).catch(() => location = link.href)
  const open = e => {
    e.preventDefault()
    go(search => search.open(link))
  }
  link.onclick = e => e.ctrlKey || e.metaKey || e.shiftKey || open(e)
  link.title = 'Search (/)'
  addEventListener('keydown', e => {
    const isTyping = e.target.closest('input, textarea, select, [contenteditable]')
    const command = e.ctrlKey || e.metaKey
    if (e.key == '/' && !isTyping && !command && !e.altKey || e.key == 'k' && command && !e.altKey && !e.shiftKey) open(e)
  })
  const place = document.querySelector('.find-here')
  if (place) import(link.dataset.search).then(search => search.mount(link, place))
}

addEventListener('DOMContentLoaded', () => { toggle(), copy(), pairs(), contents(), search() })
})()
