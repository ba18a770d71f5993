// A static host with the strictest policy that the theme is made for.
const fs = require('fs'), http = require('http'), path = require('path'), zlib = require('zlib')

const kinds = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', json: 'application/json', svg: 'image/svg+xml',
  xml: 'application/xml', txt: 'text/plain', md: 'text/markdown; charset=utf-8', png: 'image/png', bin: 'application/octet-stream',
}

module.exports = (root, port) => new Promise(done => {
  const server = http.createServer((request, response) => {
    let file = path.join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname))
    if (file.endsWith('/')) file += 'index.html'
    const found = fs.existsSync(file) && fs.statSync(file).isFile()
    if (!found) file = path.join(root, '404.html')
    response.writeHead(found ? 200 : 404, {
      'Content-Type': kinds[path.extname(file).slice(1)] || 'application/octet-stream',
      'Content-Encoding': 'gzip',
      'Cache-Control': 'max-age=31536000',
      'Content-Security-Policy': "default-src 'self'",
    })
    response.end(zlib.gzipSync(fs.readFileSync(file)))
  })
  server.listen(port, '127.0.0.1', () => done(server))
})
