import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/**
 * A browser for tests, out of a package: nothing is installed by hand. It is inflated once (some seconds, 250 MB)
 * into the project's `.cache`, with the libraries and fonts it needs.
 */
export async function launchBrowser(): Promise<Browser> {
  const folder = await inflateBrowser()
  writeFileSync(join(folder, 'fonts', 'fonts.conf'), fontSettings(join(folder, 'fonts')))
  return await chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--font-render-hinting=none',
    ],
    env: {
      ...process.env,
      // For the browser alone: with these libraries first, other programs of the system may not start.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      TZ: 'Asia/Ho_Chi_Minh',
    },
  })
}

/**
 * The package's own settings name folders of the service that it was made for. A browser that finds no font at all
 * dies when it draws a control of its own (a drop-down list).
 */
function fontSettings(fonts: string): string {
  const escaped = fonts.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escaped}</dir>
  <cachedir>${escaped}/cache</cachedir>
</fontconfig>
`
}

const cacheFolder = resolve(import.meta.dirname, '..', '..', '.cache')

async function inflateBrowser(): Promise<string> {
  const { packageFolder, version } = findPackage()
  const folder = join(cacheFolder, `browser-${version}`)
  mkdirSync(cacheFolder, { recursive: true })
  // Under another name first: a browser that is half there must not be taken for whole.
  const making = mkdtempSync(join(cacheFolder, 'browser-making-'))
  try {
    if (existsSync(folder)) return folder
    await inflateInto(making, join(packageFolder, 'bin'))
    moveUnlessThere(making, folder)
    return folder
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

function findPackage(): { packageFolder: string; version: string } {
  const require = createRequire(import.meta.url)
  const packageFolder = resolve(dirname(require.resolve('@sparticuz/chromium')), '..')
  const { version }: { version: string } = require(join(packageFolder, 'package.json'))
  return { packageFolder, version }
}

/** The package inflates into the folder for temporary files; for this while that is ours. */
async function inflateInto(folder: string, packed: string): Promise<void> {
  const usual = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(join(packed, name))
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    // Another run was faster; its browser is as good as ours.
    if (!existsSync(to)) throw error
  }
}
