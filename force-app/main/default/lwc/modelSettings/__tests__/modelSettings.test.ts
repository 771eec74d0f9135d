import { expect, it } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import ModelSettings from 'c/modelSettings';
import { settled, show } from '../../__tests__/wire';

const model = { schema: 1, key: 'a', name: 'A', object: 'Lead', rules: [] } as unknown as Model;

it('edits name, range, decimals and weights, and leaves out what is as if it were not said', async () => {
  const element = show('c-model-settings', ModelSettings, { draft: model });
  element.addEventListener('change', (event) => {
    element.draft = (event as CustomEvent<{ value: Model }>).detail.value;
  });
  const send = async (selector: string, value: string) => {
    element.shadowRoot.querySelector(selector)!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settled();
  };
  await send('[data-path="/name"]', 'B');
  await send('[data-path="/range/min"]', '0');
  await send('[data-path="/range/max"]', '100');
  await send('lightning-combobox', '2');
  await send('[data-verdict="suspect"]', '25');
  expect(element.draft).toEqual({
    ...model,
    name: 'B',
    range: { min: 0, max: 100 },
    decimals: 2,
    verdictWeights: { suspect: 0.25 },
  });
  await expect(element).toBeAccessible();
  await send('[data-path="/range/min"]', '');
  await send('[data-path="/range/max"]', '');
  await send('lightning-combobox', '0');
  await send('[data-verdict="suspect"]', '');
  expect(element.draft).toEqual({ ...model, name: 'B' });
  expect(element.shadowRoot.querySelector('[data-verdict="suspect"]')).toMatchObject({ value: 50 });
});
