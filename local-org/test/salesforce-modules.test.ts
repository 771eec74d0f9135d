import { expect, test } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { salesforceModules } from '../lightning/build/salesforce-modules.ts';

const page = { user: { id: '005000000000002AAA' }, permissions: { user: ['ViewSetup'], custom: ['Adjust_Scores'] } };

/** The default export of a module, as it is on a page. */
function valueOf(name: string): unknown {
  const { load } = salesforceModules('no labels') as unknown as { load: (id: string) => string };
  const document = { getElementById: () => ({ textContent: JSON.stringify(page) }) };
  return runInNewContext(load(`\0@salesforce/${name}`).replace('export default', ''), { document });
}

test.each([
  ['userPermission/ViewSetup', true],
  ['userPermission/ModifyAllData', undefined],
  ['customPermission/Adjust_Scores', true],
  ['customPermission/c__Adjust_Scores', true],
  ['customPermission/Nope', undefined],
  ['user/Id', page.user.id],
])('@salesforce/%s', (name, value) => {
  expect(valueOf(name)).toBe(value);
});

test('what the page host does not know stops the build', () => {
  expect(() => valueOf('apex/Controller.method')).toThrow('@salesforce/apex/Controller.method');
});
