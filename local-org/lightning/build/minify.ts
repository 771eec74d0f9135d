import { transform } from 'esbuild';
import type { Plugin } from 'rollup';

/** Minifies every chunk; esbuild does in a second what takes others ten. */
export function minify(): Plugin {
  return {
    name: 'minify',
    async renderChunk(code) {
      return {
        code: (await transform(code, { minify: true, target: 'esnext', legalComments: 'none' })).code,
        map: null,
      };
    },
  };
}
