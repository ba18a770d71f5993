// What a reader sees while the site is written, in Chromium.
const [playwright, executablePath, versus, root] = process.argv.slice(2)
const {chromium} = require(playwright), fs = require('fs'), path = require('path'), assert = require('assert')
const {spawn} = require('child_process')

const file = name => path.join(root, name)
const page = (title, body, front = '') => `---\ntitle: ${title}\n${front}---\n${body}\n`
const long = 'A line of text.\n\n'.repeat(200)

let serving
const serve = port => new Promise((done, fail) => {
  serving = spawn(versus, ['serve', '--port', port, '--root', root], {stdio: ['ignore', 'pipe', 'inherit']})
  let out = ''
  serving.stdout.on('data', text => {
    const url = (out += text).match(/http:\S+/)
    if (url) done(url[0])
  })
  serving.on('exit', () => fail(Error('the preview ended')))
})
process.on('exit', () => serving?.kill())

;(async () => {
  const url = await serve('0')
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

  // It is again: what is opened meanwhile would be broken off.
  fs.rmSync(file('static/app.js'))
  await tab.waitForFunction(() => !document.documentElement.dataset.new, null, {timeout: 10000})

  // What is typed stays, and what has the focus.
  fs.writeFileSync(file('content/a.md'), page('A', 'fields'))
  fs.mkdirSync(file('templates/partials'), {recursive: true})
  fs.writeFileSync(file('templates/partials/footer.html'), '<footer><input id="f"><div id="box" style="height:50px;overflow:auto"><div style="height:500px">1</div></div></footer>')
  await tab.goto(url + 'a/')
  await tab.waitForSelector('#f', {timeout: 10000})
  await tab.fill('#f', 'typed')
  await tab.evaluate(() => { f.focus(); f.setSelectionRange(1, 3); box.scrollTop = 70 })
  fs.writeFileSync(file('templates/partials/footer.html'), '<footer><b>new</b><input id="f"><div id="box" style="height:50px;overflow:auto"><div style="height:500px">2</div></div></footer>')
  await sees('new', 'footer.mine, body')
  await tab.waitForFunction(() => box.textContent == '2', null, {timeout: 10000})
  assert.deepStrictEqual(
    await tab.evaluate(() => [f.value, document.activeElement.id, f.selectionStart, f.selectionEnd, box.scrollTop]),
    ['typed', 'f', 1, 3, 70])
  fs.rmSync(file('templates'), {recursive: true})
  await tab.waitForFunction(() => !document.querySelector('#f'), null, {timeout: 10000})

  // Several pages follow at once, and one that was gone back to.
  const second = await browser.newPage()
  second.on('pageerror', error => faults.push(String(error)))
  await second.goto(url)
  await tab.goto(url + 'b/')
  await tab.goto(url + 'a/')
  await tab.goBack()
  fs.writeFileSync(file('content/b.md'), page('Bee', 'buzzing'))
  await sees('buzzing')
  await second.waitForFunction(() => document.body.textContent.includes('Bee'), null, {timeout: 10000})

  // A new word is found.
  fs.writeFileSync(file('content/b.md'), page('Bee', 'The quokkasaurus sleeps.'))
  await sees('quokkasaurus')
  await tab.waitForTimeout(500)
  await tab.keyboard.press('/')
  await tab.waitForSelector('dialog[open] input', {timeout: 10000})
  await tab.fill('dialog[open] input', 'quokkasaurus')
  await tab.waitForFunction(() => /Bee/.test(document.querySelector('dialog[open] [role=listbox], dialog[open]').textContent.replace(/quokkasaurus/g, '')), null, {timeout: 10000})
  await tab.keyboard.press('Escape')

  // What scripts add to a page stays too.
  loads = 0
  fs.writeFileSync(file('content/b.md'), page('Bee', 'The quokkasaurus woke.'))
  await sees('woke')
  assert.deepStrictEqual([loads, await tab.evaluate(() => document.querySelectorAll('dialog').length)], [0, 1])

  // A preview that ends and comes back is found again, with what was missed.
  await tab.goto(url + 'a/')
  serving.removeAllListeners('exit')
  const ended = new Promise(done => serving.once('exit', done))
  serving.kill()
  await ended
  fs.writeFileSync(file('content/a.md'), page('A', 'while it was away'))
  fs.writeFileSync(file('static/style.css'), 'body { background: rgb(4, 5, 6) }')
  await tab.waitForTimeout(1000)
  assert.strictEqual(await serve(new URL(url).port), url)
  await sees('while it was away')
  await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor == 'rgb(4, 5, 6)', null, {timeout: 10000})

  // Names of files and words of authors are text.
  const evil = 'content/<img src=x onerror=alert(1)>.md'
  fs.writeFileSync(file(evil), '---\ntitle: [<script>alert(2)</script>\n---\n')
  await tab.waitForFunction(() => document.querySelector('versus-problems')?.shadowRoot.textContent.includes('<img src=x'), null, {timeout: 10000})
  assert.strictEqual(await tab.evaluate(() => document.querySelector('versus-problems').shadowRoot.querySelectorAll('img, script').length), 0)
  fs.rmSync(file(evil))
  await tab.waitForFunction(() => !document.querySelector('versus-problems'), null, {timeout: 10000})

  // Nobody else may embed it.
  const other = await browser.newPage()
  await other.route('http://evil.example/', route => route.fulfill({contentType: 'text/html', body: `<script src="${url}app.js" onerror="document.title='refused'" onload="document.title='run'"></script>`}))
  await other.goto('http://evil.example/')
  await other.waitForFunction(() => document.title, null, {timeout: 10000})
  assert.strictEqual(await other.title(), 'refused')

  assert.deepStrictEqual(faults, [])
  await browser.close()
  process.exit(0)
})().catch(error => { console.error(error); process.exit(1) })
