import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    sveltekit({
      compilerOptions: { runes: true },
      adapter: adapter({ out: 'build', precompress: true }),
      // The list of all pages stays on the server: it weighs more than all else that a page of ours needs to know.
      router: { resolution: 'server' },
      csp: {
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // Lengths of bars and places of marks are attributes; no rule can come in by them.
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  // Offices keep Windows 7 and 8.1, whose last browsers these are: styles are said in words that they know.
  build: { target: 'es2022', cssTarget: ['chrome109', 'firefox115', 'safari16'] },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // What every page with scripts needs comes in one file, not in a dozen of a few hundred bytes.
            codeSplitting: {
              groups: [
                {
                  name: 'ground',
                  test: /[\\/](?:node_modules[\\/](?:svelte|esm-env)|src[\\/](?:ui|features[\\/]shell)|packages[\\/]vietnamese)[\\/]/,
                },
              ],
            },
          },
        },
      },
    },
  },
})
