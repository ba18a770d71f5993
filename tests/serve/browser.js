// What a reader sees while the site is written, in Chromium.
const [playwright, executablePath, url, root] = process.argv.slice(2)
const {chromium} = require(playwright), fs = require('fs'), path = require('path'), assert = require('assert')

const file = name => path.join(root, name)
const page = (title, body, front = '') => `---\ntitle: ${title}\n${front}---\n${body}\n`
const long = 'A line of text.\n\n'.repeat(200)

;(async () => {
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})
  const tab = await browser.newPage(), faults = []
  tab.on('pageerror', error => faults.push(String(error)))
  tab.on('dialog', dialog => { faults.push('dialog'); dialog.dismiss() })
  let loads = 0
  tab.on('load', () => loads++)
  const sees = (text, box = 'main') =>
    tab.waitForFunction(([text, box]) => document.querySelector(box)?.textContent.includes(text), [text, box], {timeout: 10000, polling: 5})

  await tab.goto(url + 'a/')
  await sees('first')
  await tab.evaluate(() => {
    document.querySelector('main details').open = true
    document.querySelector('main details summary').focus()
    scrollTo({top: 1500, behavior: 'instant'})
  })
  loads = 0

  // An edit is swapped in; the reader's place stays.
  const start = Date.now()
  fs.writeFileSync(file('content/a.md'), page('Another', '<details><summary>More</summary>\n\nhidden\n\n</details>\n\nsecond\n\n```go\nx := 1\n```\n\n' + long))
  await sees('second')
  console.log('seen after', Date.now() - start, 'ms')
  const state = await tab.evaluate(() => ({
    title: document.title, y: scrollY, open: document.querySelector('main details').open,
    focus: document.activeElement.localName, buttons: document.querySelectorAll('.code button').length,
  }))
  assert.match(state.title, /Another/)
  assert.deepStrictEqual({...state, title: ''}, {title: '', y: 1500, open: true, focus: 'summary', buttons: 1})
  await tab.waitForTimeout(1500)
  assert.strictEqual(await tab.evaluate(() => document.querySelectorAll('.code button').length), 1)
  assert.strictEqual(loads, 0)

  // A stylesheet is swapped.
  fs.mkdirSync(file('static'), {recursive: true})
  fs.writeFileSync(file('static/style.css'), 'body { background: rgb(1, 2, 3) }')
  await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor == 'rgb(1, 2, 3)', null, {timeout: 10000})
  await tab.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length == 1, null, {timeout: 10000})
  assert.strictEqual(loads, 0)

  // A problem lies over the page that was good, as text, and goes.
  fs.writeFileSync(file('content/a.md'), page('A', 'third', 'tags: ["<img src=x onerror=alert(1)>\n'))
  await tab.waitForFunction(() => document.querySelector('versus-problems')?.shadowRoot.textContent.includes('content/a.md:'), null, {timeout: 10000})
  assert.ok(await tab.evaluate(() => document.querySelector('main').textContent.includes('second')))
  assert.strictEqual(await tab.evaluate(() => document.querySelector('versus-problems').shadowRoot.querySelectorAll('img').length), 0)
  await tab.reload()
  await tab.waitForFunction(() => document.querySelector('versus-problems'), null, {timeout: 10000})
  await sees('second')
  loads = 0
  fs.writeFileSync(file('content/a.md'), page('A', 'mended'))
  await sees('mended')
  await tab.waitForFunction(() => !document.querySelector('versus-problems'), null, {timeout: 10000})

  // Another page's title reaches the list that is open.
  await tab.goto(url)
  fs.writeFileSync(file('content/a.md'), page('Renamed', 'text'))
  await sees('Renamed')

  // Scripts can't be taken back: the page is loaded anew.
  loads = 0
  fs.writeFileSync(file('static/app.js'), 'document.documentElement.dataset.new = 1')
  await tab.waitForFunction(() => document.documentElement.dataset.new, null, {timeout: 10000})
  assert.ok(loads > 0)

  // Nobody else may embed it.
  const other = await browser.newPage()
  await other.route('http://evil.example/', route => route.fulfill({contentType: 'text/html', body: `<script src="${url}app.js" onerror="document.title='refused'" onload="document.title='run'"></script>`}))
  await other.goto('http://evil.example/')
  await other.waitForFunction(() => document.title, null, {timeout: 10000})
  assert.strictEqual(await other.title(), 'refused')

  assert.deepStrictEqual(faults, [])
  await browser.close()
})().catch(error => { console.error(error); process.exit(1) })
