// Finds the modules of component tests: ours as their TypeScript sources, the engine's too, the platform's as the stubs of
// sfdx-lwc-jest.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const platform = require('@salesforce/sfdx-lwc-jest/src/resolver.js');

const root = join(__dirname, '../..');
const components = join(root, 'force-app/main/default/lwc');
const engine = { 'c/scoringCore': 'index.ts', 'c/scoringAdvice': 'advice.ts' };

module.exports = (id, options) => {
  // LWC 9 is published as ES modules; this is its CommonJS build, which jest can load synchronously.
  if (id === 'lwc') return require.resolve('@lwc/engine-dom/dist/index.cjs');
  if (engine[id]) return join(root, 'scoring-core/src', engine[id]);
  const name = /^c\/(\w+)$/.exec(id)?.[1];
  const files = name ? ['.ts', '.js', '.html'].map((end) => join(components, name, name + end)) : [];
  return files.find((file) => existsSync(file)) ?? platform(id, options);
};
