import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Puts the PDF reader's worker and what some PDFs need beside the bundle, where `pdf.ts` looks for it: maps of Chinese characters, standard fonts, decoders without WebAssembly. */
function pdfParts(): Plugin {
  const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string } // every package has one
  const needed = { build: /^pdf\.worker\.min\.mjs$/, cmaps: /./, standard_fonts: /./, wasm: /nowasm|LICENSE/ }
  return {
    name: 'pdf-parts',
    generateBundle() {
      for (const [folder, names] of Object.entries(needed))
        for (const name of readdirSync(join(dirname(manifest), folder)).filter((one) => names.test(one)))
          this.emitFile({
            type: 'asset',
            fileName: `assets/pdf-${version}/${folder}/${name}`,
            source: readFileSync(join(dirname(manifest), folder, name)),
          })
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/',
  plugins: [react(), pdfParts()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    // Every browser we promise preloads modules by itself.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // Inlined assets would be data: URLs, which our content policy refuses.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000' } },
})
