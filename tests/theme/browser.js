// What readers see of the example site and of a small one beside it, in Chromium:
// every kind of page, in both schemes, on a phone, by keyboard, without scripts,
// on paper.
const [playwright, executablePath, axePath, root, port, only] = process.argv.slice(2)
const {chromium} = require(playwright), fs = require('fs'), assert = require('assert')
const serve = require('./serve.js'), axe = fs.readFileSync(axePath, 'utf8')

const base = `http://127.0.0.1:${port}`
const pages = {
  'comparison of two': '/compare/go-vs-rust/',
  'comparison of three': '/compare/npm-vs-pnpm-vs-yarn/',
  article: '/compare/curl-vs-wget/',
  documentation: '/guide/configuration/',
  section: '/compare/',
  home: '/',
  'overview of subjects': '/subjects/',
  hub: '/subjects/json/',
  alternatives: '/subjects/json/alternatives/',
  matrix: '/compare/matrix/',
  tags: '/tags/',
  tag: '/tags/formats/',
  index: '/a-z/',
  search: '/search/',
  'not found': '/404.html',
  redirect: '/compare/rust-vs-go/',
  // The small site beside it: all that Markdown makes, and the other direction.
  markdown: '/small/all/',
  rtl: '/small/rtl/',
}
const phone = {width: 390, height: 844}, desk = {width: 1280, height: 900}

let browser
// A page that tells of every error, refused load and foreign request.
const visit = async (path, options = {}) => {
  const context = await browser.newContext({viewport: desk, colorScheme: 'light', reducedMotion: 'reduce', ...options})
  const page = await context.newPage(), faults = []
  page.faults = faults
  page.requests = []
  page.on('pageerror', error => faults.push(`error: ${error}`))
  page.on('console', message => message.type() == 'error' && !/status of 404/.test(message.text()) && faults.push(`console: ${message.text()}`))
  page.on('request', request => {
    page.requests.push(request.url())
    if (!request.url().startsWith(base)) faults.push(`request: ${request.url()}`)
  })
  await page.addInitScript(() => {
    window.violations = []
    addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} ${event.blockedURI}`))
    window.shifts = []
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(entry => entry.value))).observe({type: 'layout-shift', buffered: true})
  })
  // The stub of a moved page stays open.
  if (path == pages.redirect) await page.route('**/*', route => route.request().isNavigationRequest() && !route.request().url().endsWith(path) ? route.fulfill({status: 204}) : route.continue())
  await page.goto(base + path, {waitUntil: 'load'})
  return page
}
const leave = async page => {
  const faults = page.faults
  await page.context().close()
  assert.deepStrictEqual(faults, [])
}
const violations = async page => {
  await page.evaluate(axe)
  const {violations} = await page.evaluate(() => axe.run(document, {rules: {'target-size': {enabled: true}}}))
  return violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')} (${nodes.length})`)
}
const visible = (page, selector) => page.$$eval(selector, all => all.filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})).length)

const steps = {
  async 'no page has a violation of axe, an error, a foreign request or a shift'() {
    const wrong = []
    for (const [kind, path] of Object.entries(pages)) {
      for (const colorScheme of ['light', 'dark']) for (const viewport of [desk, phone]) {
        const page = await visit(path, {colorScheme, viewport})
        await page.waitForTimeout(50)
        const told = await page.evaluate(() => window.violations)
        // On a busy machine half a page may be painted; what a page does of its
        // own accord it does every time.
        const shifted = () => page.evaluate(() => shifts.filter(value => value > 0).map(value => `shift ${value}`))
        let shifts = await shifted()
        for (let again = 0; shifts.length && again < 4; again++) {
          await page.reload()
          await page.waitForTimeout(100)
          shifts = await shifted()
        }
        const found = [...await violations(page), ...shifts]
        if (kind == 'rtl') assert.strictEqual(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl')
        wrong.push(...[...found, ...told, ...page.faults].map(fault => `${kind}, ${colorScheme}, ${viewport.width}: ${fault}`))
        page.faults.length = 0
        await leave(page)
      }
    }
    assert.deepStrictEqual(wrong, [])
  },
  async 'no page scrolls sideways between 320 and 1920 pixels'() {
    const wrong = []
    for (const [kind, path] of Object.entries(pages)) {
      const page = await visit(path)
      for (const width of [320, 360, 390, 480, 640, 704, 768, 1024, 1119, 1120, 1280, 1440, 1920]) {
        await page.setViewportSize({width, height: 800})
        const scroll = await page.evaluate(() => document.documentElement.scrollWidth)
        if (scroll > width) wrong.push(`${kind} at ${width}: ${scroll}`)
      }
      await leave(page)
    }
    assert.deepStrictEqual(wrong, [])
  },
  async 'an article asks for three files and its images'() {
    for (const path of [pages['comparison of two'], pages.documentation]) {
      const page = await visit(path)
      await page.waitForTimeout(200)
      const asked = page.requests.filter(url => !/favicon|\.(png|jpe?g|webp|avif|gif)(\?|$)/.test(url))
      assert.deepStrictEqual(asked.map(url => url.split('?')[0].split('/').pop() || 'page'), ['page', 'app.js', 'style.css'])
      await leave(page)
    }
  },
  async 'a line of prose has about 75 characters'() {
    const page = await visit(pages.markdown)
    const count = await page.evaluate(() => {
      const p = document.querySelector('.body > p'), range = document.createRange(), text = p.firstChild
      let lines = 0, last = -1
      for (let i = 0; i < text.length; i++) {
        range.setStart(text, i), range.setEnd(text, i + 1)
        const top = Math.round(range.getBoundingClientRect().top)
        if (top > last + 4) lines++, last = top
      }
      return text.length / lines
    })
    assert.ok(count > 65 && count < 85, String(count))
    await leave(page)
  },
  async 'the dialog of the search has no violation in either scheme or on a phone'() {
    for (const [colorScheme, viewport] of [['light', desk], ['dark', desk], ['light', phone]]) {
      const page = await visit(pages['comparison of two'], {colorScheme, viewport})
      await page.click('a[data-search]')
      await page.waitForSelector('dialog[open]')
      assert.deepStrictEqual(await violations(page), [])
      await page.fill('dialog input', 'memory')
      await page.waitForSelector('dialog [role=option]')
      assert.deepStrictEqual(await violations(page), [])
      assert.deepStrictEqual(await page.evaluate(() => window.violations), [])
      await leave(page)
    }
  },
  async 'the keyboard alone reaches everything'() {
    const page = await visit(pages['comparison of two'])
    const focused = () => page.evaluate(() => {
      const {outlineStyle} = getComputedStyle(document.activeElement)
      return {text: document.activeElement.textContent.trim() || document.activeElement.title, outline: outlineStyle, top: document.activeElement.getBoundingClientRect().top}
    })
    await page.keyboard.press('Tab')
    assert.strictEqual((await focused()).text, 'Skip to content')
    const reached = []
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const {text, outline, top} = await focused()
      assert.notStrictEqual(outline, 'none', text)
      assert.ok(top >= 0 && top < 900, `${text} at ${top}`)
      reached.push(text)
    }
    for (const wanted of ['versus', 'Subjects', 'Colour theme: System', 'Side by side', 'Copy']) {
      assert.ok(reached.some(text => text.includes(wanted)), `${wanted} in ${reached}`)
    }
    await page.keyboard.press('/')
    await page.waitForFunction(() => document.activeElement.matches('dialog input'))
    await page.keyboard.type('garbage')
    await page.waitForSelector('dialog [role=option]')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !document.querySelector('dialog[open]'))
    await page.keyboard.press('Control+k')
    await page.waitForSelector('dialog[open] [role=option]')
    await page.keyboard.press('ArrowDown')
    const href = await page.$eval('dialog [aria-selected=true]', option => option.href)
    await page.keyboard.press('Enter')
    await page.waitForURL(href)
    await leave(page)
  },
  async 'code pairs are tabs on a phone, and remember the language on every page'() {
    const page = await visit(pages.markdown, {viewport: phone})
    const state = () => page.$$eval('.pair', pairs => pairs.map(pair => [...pair.querySelectorAll('.code')].map(panel => panel.hidden || false)))
    assert.deepStrictEqual(await state(), [[false, 'until-found'], [false, 'until-found']])
    assert.deepStrictEqual(await page.$$eval('.pair [role=tab]', tabs => tabs.map(tab => [tab.textContent, tab.ariaSelected])), [['Go', 'true'], ['Rust', 'false'], ['Go', 'true'], ['Rust', 'false']])
    await page.focus('.pair [role=tab]')
    await page.keyboard.press('ArrowRight')
    assert.deepStrictEqual(await state(), [['until-found', false], ['until-found', false]])
    assert.strictEqual(await page.evaluate(() => document.activeElement.textContent), 'Rust')
    await page.goto(base + pages['comparison of two'])
    assert.deepStrictEqual((await state())[0], ['until-found', false])
    // What find-in-page does before it shows a match.
    await page.$eval('.pair .code', panel => panel.dispatchEvent(new Event('beforematch')))
    assert.deepStrictEqual((await state())[0], [false, 'until-found'])
    await leave(page)
    const wide = await visit(pages.markdown)
    assert.strictEqual(await visible(wide, '.pair .code'), 4)
    assert.strictEqual(await visible(wide, '[role=tab]'), 0)
    await leave(wide)
  },
  async 'columns of figures can be sorted'() {
    const page = await visit(pages.markdown)
    const column = at => page.$$eval('#figures ~ .scroll tbody tr', (rows, at) => rows.map(row => row.cells[at].textContent), at)
    const sort = () => page.$$eval('th', heads => heads.map(head => head.ariaSort))
    assert.deepStrictEqual(await column(0), ['b', 'd', 'a', 'c'])
    await page.click('th:nth-child(2) button')
    assert.deepStrictEqual(await column(1), ['-2', '3.5 ms', '1,200 ms', 'none'])
    assert.ok((await sort()).includes('ascending'))
    await page.focus('th:nth-child(2) button')
    await page.keyboard.press('Enter')
    assert.deepStrictEqual(await column(1), ['1,200 ms', '3.5 ms', '-2', 'none'])
    await page.click('th:nth-child(3) button')
    assert.deepStrictEqual(await column(2), ['1', '2', '3', '10'])
    assert.strictEqual((await sort()).filter(Boolean).length, 1)
    await leave(page)
  },
  async 'code is copied as it was written'() {
    const page = await visit(pages.markdown, {permissions: ['clipboard-read', 'clipboard-write']})
    const code = await page.$eval('.code code', code => code.textContent)
    await page.click('.code button')
    await page.waitForFunction(() => document.querySelector('.code button').textContent == 'Copied')
    assert.strictEqual(await page.evaluate(() => navigator.clipboard.readText()), code)
    await leave(page)
  },
  async 'the scheme that a reader chose stands before the first paint'() {
    const page = await visit(pages.article)
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    assert.strictEqual(await ground(), 'rgb(253, 253, 252)')
    await page.click('#theme')
    assert.strictEqual(await page.$eval('#theme', tool => tool.title), 'Colour theme: Light')
    await page.click('#theme')
    assert.strictEqual(await ground(), 'rgb(20, 23, 26)')
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.body && !window.first) window.first = getComputedStyle(document.body).backgroundColor
      }).observe(document, {childList: true, subtree: true})
    })
    await page.goto(base + pages.home)
    assert.strictEqual(await page.evaluate(() => first), 'rgb(20, 23, 26)')
    await page.click('#theme')
    assert.strictEqual(await ground(), 'rgb(253, 253, 252)')
    await leave(page)
  },
  async 'the contents follow'() {
    const page = await visit(pages['comparison of two'])
    await page.evaluate(() => document.querySelector('#dimensions').scrollIntoView())
    await page.waitForFunction(() => document.querySelector('.toc [aria-current]')?.textContent == 'Side by side')
    await leave(page)
  },
  async 'without scripts the text, the charts and the schemes are the same, and nothing is dead'() {
    for (const kind of ['comparison of two', 'comparison of three', 'article', 'documentation', 'home', 'hub', 'search', 'not found', 'markdown']) {
      const text = page => page.$eval('main', main => {
        main.querySelectorAll('.code button, .find-here, [role=tablist]').forEach(added => added.remove())
        return main.innerText.replace(/\s+/g, ' ')
      })
      const plain = await visit(pages[kind], {javaScriptEnabled: false, colorScheme: 'dark'})
      const full = await visit(pages[kind])
      const [without, scripted] = [await text(plain), await text(full)]
      assert.strictEqual(without, kind == 'not found' ? without : scripted, kind)
      assert.ok(without.length > 100, kind)
      assert.strictEqual(await visible(plain, 'button, [role=tab], .tool kbd, th button, dialog'), 0, kind)
      assert.strictEqual(await visible(plain, '.toc li') > 0, await visible(full, '.toc li') > 0, kind)
      const ground = await plain.$eval('body', body => getComputedStyle(body).backgroundColor)
      assert.strictEqual(ground, 'rgb(20, 23, 26)')
      await leave(plain)
      await leave(full)
    }
    const page = await visit(pages['comparison of two'], {javaScriptEnabled: false})
    const bars = await page.$$eval('.row rect', bars => bars.map(bar => bar.getBoundingClientRect().width))
    assert.ok(bars.length > 4 && bars.every(width => width > 0), String(bars))
    const before = await visible(page, '.dim')
    await page.check('.only input')
    const after = await visible(page, '.dim')
    assert.ok(after > 0 && after < before, `${after} of ${before}`)
    await page.click('a[data-search]')
    assert.strictEqual(page.url(), base + pages.search)
    await leave(page)
  },
  async 'a table on a phone scrolls in its box, and its first column stays'() {
    for (const kind of ['documentation', 'comparison of three', 'matrix', 'markdown']) {
      const page = await visit(pages[kind], {viewport: phone})
      const box = await page.$$eval('.scroll', boxes => {
        const box = boxes.find(box => box.scrollWidth > box.clientWidth + 40)
        if (!box) return
        box.scrollLeft = 9999
        const first = box.querySelector('tbody tr > :first-child').getBoundingClientRect().left
        const cells = [...box.querySelectorAll('tbody td')].filter(cell => cell.textContent.length > 60)
        return {left: box.getBoundingClientRect().left, first, scrolled: box.scrollLeft, narrowest: Math.min(...cells.map(cell => cell.clientWidth))}
      })
      assert.ok(box?.scrolled > 40, kind)
      assert.ok(Math.abs(box.first - box.left) < 1, `${kind}: ${JSON.stringify(box)}`)
      assert.ok(box.narrowest >= 200, `${kind}: ${box.narrowest}`)
      await leave(page)
    }
  },
  async 'side by side names the subject in every cell on a phone'() {
    const page = await visit(pages['comparison of two'], {viewport: phone})
    const cells = await page.$$eval('.two > div', cells => cells.map(cell => {
      const name = cell.querySelector('.who').getBoundingClientRect()
      return {isNamed: name.width > 8 && name.height > 8, left: cell.getBoundingClientRect().left}
    }))
    assert.ok(cells.length > 4 && cells.every(cell => cell.isNamed && cell.left == cells[0].left), JSON.stringify(cells))
    await leave(page)
  },
  async 'an address that is not there offers the nearest ones'() {
    const page = await visit('/compare/rust-vs-golang/')
    await page.waitForSelector('#near a')
    assert.strictEqual(await page.$eval('#near a', link => link.pathname), '/compare/go-vs-rust/')
    assert.strictEqual(await visible(page, '#near a'), 4)
    await leave(page)
    const plain = await visit('/compare/rust-vs-golang/', {javaScriptEnabled: false})
    assert.strictEqual(await visible(plain, '#near'), 0)
    await leave(plain)
  },
  async 'paper has the article and nothing else'() {
    const page = await visit(pages['comparison of two'], {colorScheme: 'dark'})
    await page.setViewportSize({width: 710, height: 1000})
    await page.emulateMedia({media: 'print', colorScheme: 'dark'})
    for (const gone of ['.bar', '.toc', '.end', '.foot', '.code button', '.only']) {
      assert.strictEqual(await visible(page, gone), 0, gone)
    }
    const {ground, link, left} = await page.evaluate(() => ({
      ground: getComputedStyle(document.body).backgroundColor,
      link: getComputedStyle(document.querySelector('.sources a'), '::after').content,
      left: document.querySelector('.body').getBoundingClientRect().left,
    }))
    assert.strictEqual(ground, 'rgb(253, 253, 252)')
    assert.match(link, /https:/)
    assert.ok(left < 2)
    const paper = await page.pdf({format: 'A4'})
    assert.ok(paper.length > 20000)
    await leave(page)
  },
}

;(async () => {
  const server = await serve(root, port)
  browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})
  let failed = 0
  for (const [name, step] of Object.entries(steps)) {
    if (only && !name.includes(only)) continue
    const start = Date.now()
    try {
      await step()
      console.log(`ok, ${name} (${Date.now() - start} ms)`)
    } catch (error) {
      failed++
      console.error(`FAILED, ${name}\n${error.stack || error}`)
    }
  }
  await browser.close()
  server.close()
  process.exit(failed ? 1 : 0)
})()
