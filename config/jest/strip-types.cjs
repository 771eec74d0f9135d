// The transform of the node tests: what Node itself does to a .ts file, so that tests run the code that ships.
const { createHash } = require('node:crypto');
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path) =>
    createHash('sha256').update(path).update('\0').update(source).update(process.version).digest('hex'),
};
