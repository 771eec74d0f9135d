import { expect, it } from '@jest/globals';
import ErrorPanel from 'c/errorPanel';
import { show, textOf } from '../../__tests__/wire';

const long = 'A message that goes on and on. '.repeat(40).trim();

it('says what happened, and the details on request', async () => {
  const element = show('c-error-panel', ErrorPanel, { message: 'No luck.', errors: [{ message: long }] });
  expect(textOf(element)).toContain('No luck.');
  expect(textOf(element)).not.toContain(long);
  await expect(element).toBeAccessible();

  element.shadowRoot.querySelector('lightning-button')!.dispatchEvent(new CustomEvent('click'));
  await Promise.resolve();
  expect(textOf(element)).toContain(long);
  await expect(element).toBeAccessible();
});

it('offers no details where there are none', async () => {
  const element = show('c-error-panel', ErrorPanel);
  expect(element.shadowRoot.querySelector('lightning-button')).toBeNull();
  expect(textOf(element)).toContain('c.Error_Did_Not_Load');
  await expect(element).toBeAccessible();
});
