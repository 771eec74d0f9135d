// Before each component test file: the accessibility matcher, and a clean page for every test.
const { registerSa11yMatcher } = require('@sa11y/jest');

registerSa11yMatcher();

afterEach(() => {
  document.body.replaceChildren();
});
