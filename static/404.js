// The pages whose addresses are most like the one that was asked for. Loaded
// with 404.html and nowhere else.
const near = document.querySelector('#near')

// How many letters have to be added, taken, changed or swapped to make `b` of `a`.
export const distance = (a, b) => {
  let before = [], last = Array.from({length: b.length + 1}, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1]
    for (let j = 0; j < b.length; j++) {
      row.push(Math.min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] != b[j])))
      if (i && j && a[i] == b[j - 1] && a[i - 1] == b[j]) row[j + 1] = Math.min(row[j + 1], before[j - 1] + 1)
    }
    [before, last] = [last, row]
  }
  return last[b.length]
}

// A path as the words that its last part is made of, and that part.
const parse = path => {
  const parts = path.toLowerCase().replace(/(index)?\.html?$/, '').split('/').filter(Boolean)
  const last = parts.pop() || ''
  return {last, whole: parts.concat(last).join('/'), words: last.split(/[^\p{L}\p{N}]+/u).filter(Boolean)}
}

// How far a page is from what was asked, from 0 to 1: the nearer of the letters
// of its last part and of its words in any order.
export const far = (asked, page) => {
  const most = Math.max(asked.last.length, page.last.length) || 1
  const letters = distance(asked.last, page.last) / most
  const word = word => Math.min(1, ...page.words.map(other => distance(word, other) / Math.max(word.length, other.length)))
  const words = asked.words.reduce((sum, next) => sum + word(next), 0) / (asked.words.length || 1)
  const missed = 1 - Math.min(1, asked.words.length / (page.words.length || 1))
  return Math.min(letters, words + missed / 2) + (asked.whole == page.whole ? 0 : .01)
}

export const nearest = (path, pages, most) => {
  let asked
  try { asked = parse(decodeURI(path)) } catch { asked = parse(path) }
  return pages
    .map(([url, title]) => ({url, title, far: far(asked, parse(decodeURI(url)))}))
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
}

// What stands before the colon is enough of a title, and keeps to its line.
const short = title => {
  const name = title.split(': ')[0]
  return name.length > 34 ? `${name.slice(0, 33)}…` : name
}

if (near) {
  try {
    const answer = await fetch(near.dataset.list)
    const places = [...near.querySelectorAll('h3')], found = nearest(location.pathname, await answer.json(), places.length)
    places.forEach((place, i) => {
      if (!found[i]) return place.parentNode.remove()
      const link = document.createElement('a')
      link.href = found[i].url
      link.textContent = short(found[i].title)
      place.replaceChildren(link)
    })
  } catch {
    near.remove()
  }
}
