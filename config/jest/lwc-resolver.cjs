// Finds the modules of component tests: ours as their TypeScript sources, scoringCore as it was built, the platform's as
// the stubs of sfdx-lwc-jest.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const platform = require('@salesforce/sfdx-lwc-jest/src/resolver.js');

const root = join(__dirname, '../..');
const folders = ['force-app/main/default/lwc', 'dist/package/main/default/lwc'].map((folder) => join(root, folder));

module.exports = (id, options) => {
  // LWC 9 is published as ES modules; this is its CommonJS build, which jest can load synchronously.
  if (id === 'lwc') return require.resolve('@lwc/engine-dom/dist/index.cjs');
  const name = /^c\/(\w+)$/.exec(id)?.[1];
  const files = name
    ? folders.flatMap((folder) => ['.ts', '.js', '.html'].map((end) => join(folder, name, name + end)))
    : [];
  return files.find((file) => existsSync(file)) ?? platform(id, options);
};
