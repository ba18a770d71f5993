// What the script of the search answers, for tests:
// node answer.mjs SCRIPT SITE < {"texts": [], "queries": [["text", ["label"]]]}
import fs from 'node:fs'

const [, , script, site] = process.argv
const source = fs.readFileSync(script, 'utf8')
const {Index, words, singular, near} = await import('data:text/javascript,' + encodeURIComponent(source))
const {texts = [], queries = [], slips = []} = JSON.parse(fs.readFileSync(0, 'utf8'))
let moved = 0
const index = new Index(async (path, kind) => {
  const bytes = fs.readFileSync(`${site}/search/${path.split('?')[0]}`)
  moved += bytes.length
  return kind == 'json' ? JSON.parse(bytes) : new Uint8Array(bytes).buffer
})
const answers = []
if (queries.length) await index.open()
for (const [text, labels] of queries) {
  const {hits, count, all, terms} = await index.search(text, labels)
  const urls = await Promise.all(hits.map(async ({page}) => (await index.page(page)).url))
  const read = terms.map(({list}) => list.map(({text}) => text))
  answers.push({urls, scores: hits.map(({score}) => score), count, all, read})
}
const cut = texts.map(text => words(text).map(([word, isPiece]) => isPiece ? [word] : word))
const marked = texts.map(text => words(text).map(([, , start, end]) => text.slice(start, end)))
console.log(JSON.stringify({answers, words: cut, marked, singular: texts.map(singular), near: slips.map(slip => near(...slip)), moved}))
