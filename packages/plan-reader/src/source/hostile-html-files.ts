import { strToU8 } from 'fflate'
import { cutOff, flipBits, type HostileFile, shuffle } from './hostile-changes.ts'

const sample =
  '<!DOCTYPE html><html><head><title>x</title></head><body><h1 align=center>Kế hoạch</h1><p>Mục <b>đích</b></p><ol><li>Một<li>Hai</ol>' +
  '<table border=1><tr><th rowspan=2>TT<th colspan="2">Việc<tr><td>a<td>b</table><p style="text-align:right">&aacute;&#7871;<br>cuối</p></body></html>'

/** Web pages that were cut, hurt or built to exhaust. */
export function makeHostilePages(): HostileFile[] {
  const bytes = strToU8(sample)
  const page = (name: string, body: string, refused?: string): HostileFile => ({
    name: `page, ${name}.html`,
    make: () => strToU8(`<!DOCTYPE html><body>${body}`),
    ...(refused !== undefined && { refused }),
  })
  const deep = (tag: string, count = 100_000) => `${`<${tag}>`.repeat(count)}x${`</${tag}>`.repeat(count)}`
  return [
    ...cutOff('page.html', bytes, 12),
    ...flipBits('page.html', bytes, 12),
    ...Array.from({ length: 12 }, (_, index) => ({
      name: `page, shuffled (${index}).html`,
      make: () => strToU8(shuffle(sample, index, /(?=<)/)),
    })),
    ...['div', 'b', 'font', 'li', 'ul', 'p', 'span', 'svg', 'template', 'a', 'blockquote'].map((tag) =>
      page(`${tag} in ${tag} without end`, deep(tag)),
    ),
    page('tables in tables', '<table><tr><td>'.repeat(50_000)),
    page('tables in tables, closed', `${'<table><tr><td>'.repeat(20_000)}x${'</table>'.repeat(20_000)}`),
    page('marks that cross', '<b><i>'.repeat(30_000) + 'x</b>'.repeat(30_000)),
    page('ends alone', '</p></table></b>'.repeat(50_000), 'no-text'),
    page(
      'spans over everything',
      `<table>${`<tr>${'<td rowspan=65534 colspan=1000>x'.repeat(100)}`.repeat(200)}`,
    ),
    page(
      'spans of figures that are none',
      '<table><tr><td colspan=NaN rowspan=-1>x<td colspan=1e9 rowspan=0>y</table>',
    ),
    page('a row of ten thousand cells', `<table><tr>${'<td>x'.repeat(10_000)}`, 'too-much-inside'),
    page(
      'stairs of spans',
      `<table>${Array.from({ length: 150 }, (_, index) => `<tr>${'<td>'.repeat(index % 7)}<td rowspan=${150 - index}>x`).join('')}`,
    ),
    page(
      'a hundred thousand attributes',
      `<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}`).join(' ')}>x`,
      'unsafe',
    ),
    page('an attribute of two million letters', `<p title="${'x'.repeat(2_000_000)}">y`, 'unsafe'),
    page(
      'a picture of two million letters',
      `<img src="data:image/png;base64,${'A'.repeat(2_000_000)}"><p>x`,
    ),
    page('a style of a hundred thousand words', `<p style="${'color:red;'.repeat(1500)}">x`),
    page('a tag that never ends', `x<p ${'y'.repeat(15_000)}`),
    page('a comment that never ends', `x<!-- ${'y'.repeat(1_000_000)}`),
    page('a script that never ends', `x<script>${'<p>y'.repeat(100_000)}`),
    page('a head that never ends', `x<head>${'<p>y'.repeat(100_000)}`),
    page('entities without end', '&amp;&#0;&#xD800;&#x110000;&khong;&'.repeat(30_000)),
    page('a hundred thousand paragraphs', '<p>x'.repeat(100_000), 'too-much-inside'),
    page('a hundred thousand breaks', 'x<br>'.repeat(100_000), 'too-much-inside'),
    page('a million empty breaks', `x${'<br>'.repeat(500_000)}`),
    page('zeros between letters', [...'Kế hoạch'].join('\u0000')),
    page(
      'lists that start at the end of numbers',
      '<ol start=999999999999999999><li>x<li>y</ol><ol type=i start=-5><li>z</ol>',
    ),
    page(
      'elements called __proto__',
      '<__proto__><constructor>x</constructor><p align=__proto__ style="toString:1;text-align:constructor">y',
    ),
    {
      name: 'mime in mime.mht',
      make: () =>
        strToU8('MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n'.repeat(5000)),
      refused: 'damaged',
    },
    {
      name: 'mime without a page.mht',
      make: () => strToU8('MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a--'),
      refused: 'damaged',
    },
    { name: 'a page called a document.docx', make: () => bytes },
  ]
}
