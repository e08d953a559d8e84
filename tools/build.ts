import { ensureBuilt } from '../app/src/entry/cli/ensure-built.ts'
import { languageOf } from '../app/src/entry/cli/language-of.ts'

// `npm run build`: the production build of the pages, where there is none of this source.

process.exitCode = (await ensureBuilt(languageOf(process.env))) ? 0 : 1
