import { expect, it, jest } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import ModelVersions from 'c/modelVersions';
import { settled, show, textOf, wire } from '../../__tests__/wire';

type Root = { shadowRoot: ShadowRoot };

const model: Model = {
  schema: 1,
  key: 'leads',
  name: 'Leads',
  object: 'Lead',
  rules: [{ key: 'click', name: 'Click', kind: 'engagement', points: 5, types: ['email.click'] }],
};
const worth = (points: number): Model => ({ ...model, rules: [{ ...model.rules[0]!, points }] });

const version = (number: number, note: string | null = null) => ({
  node: {
    Id: `v${number}`,
    Version__c: { value: number },
    Note__c: { value: note },
    CreatedDate: { value: '2026-01-15T10:45:41.000Z' },
    CreatedBy: { Name: { value: 'Alex Admin' } },
  },
});
const answer = (...edges: object[]) => ({ uiapi: { query: { Scoring_Model_Version__c: { edges } } } });
const definitions = (...points: [string, number][]) =>
  answer(...points.map(([Id, each]) => ({ node: { Id, Definition__c: { value: JSON.stringify(worth(each)) } } })));
type Config = Parameters<NonNullable<Parameters<typeof wire.emit>[1]>>[0];
const ofModel = ({ variables }: Config) => 'model' in (variables ?? {});
const ofIds = ({ variables }: Config) => 'ids' in (variables ?? {});
const find = ({ shadowRoot }: Root, selector: string) => shadowRoot.querySelector<HTMLElement>(selector);
const buttons = ({ shadowRoot }: Root, label: string) =>
  [...shadowRoot.querySelectorAll<HTMLElement & { label: string; disabled: boolean }>('lightning-button')].filter(
    (each) => each.label === label,
  );

function versions(draft: Model, published: Model | undefined = model) {
  const element = show('c-model-versions', ModelVersions, { recordId: 'a00000000000001AAA', draft, published });
  const published_ = jest.fn<(note: string) => void>();
  const restored = jest.fn<(definition: string) => void>();
  element.addEventListener('publish', (event) => {
    published_((event as CustomEvent<{ note: string }>).detail.note);
  });
  element.addEventListener('restore', (event) => {
    restored((event as CustomEvent<{ definition: string }>).detail.definition);
  });
  return { element, published: published_, restored };
}

it('says what publishing changes, and publishes it with a note', async () => {
  const { element, published } = versions(worth(8));
  wire.emit(answer());
  await settled();
  expect(find(element, '[data-id="changes"]')!.textContent).toBe('The rule "Click": points from 5 to 8.');
  expect(find(element, '[data-id="no-versions"]')).not.toBeNull();
  find(element, 'lightning-textarea')!.dispatchEvent(new CustomEvent('change', { detail: { value: ' Worth more ' } }));
  buttons(element, 'c.Versions_Publish')[0]!.dispatchEvent(new CustomEvent('click'));
  expect(published).toHaveBeenCalledWith('Worth more');
  await expect(element).toBeAccessible();
});

it('publishes nothing that is as it was, and nothing that is wrong', async () => {
  const same = versions({ ...model, decimals: 0 });
  expect(find(same.element, '[data-id="no-changes"]')).not.toBeNull();
  expect(buttons(same.element, 'c.Versions_Publish')).toMatchObject([{ disabled: true }]);
  const wrong = versions(worth(0));
  expect(find(wrong.element, '[data-id="blocked"]')).not.toBeNull();
  expect(buttons(wrong.element, 'c.Versions_Publish')).toMatchObject([{ disabled: true }]);
  await expect(wrong.element).toBeAccessible();
});

it('publishes a first version', () => {
  const element = show('c-model-versions', ModelVersions, { recordId: 'a00000000000001AAA', draft: model });
  expect(find(element, '[data-id="changes"]')!.textContent).toBe('c.Versions_First');
  expect(buttons(element, 'c.Versions_Publish')).toMatchObject([{ disabled: false }]);
});

it('shows what a version changed, reading its definition and the one before only then', async () => {
  const { element } = versions(model);
  await settled();
  wire.emit(answer(version(3, 'More for clicks'), version(2), version(1)), ofModel);
  await settled();
  expect(element.shadowRoot.textContent).toContain('More for clicks');
  buttons(element, 'c.Versions_Show_Changes')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(wire.getLastConfig().variables).toEqual({ ids: ['v3', 'v2'] });
  expect(find(element, 'lightning-spinner')).not.toBeNull();
  wire.emit(definitions(['v3', 8], ['v2', 5]), ofIds);
  await settled();
  expect(find(element, '[data-id="version-changes"]')!.textContent).toBe('The rule "Click": points from 5 to 8.');
  await expect(element).toBeAccessible();
  buttons(element, 'c.Versions_Hide_Changes')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(find(element, '[data-id="version-changes"]')).toBeNull();
});

it('hands an earlier version back as the draft', async () => {
  const { element, restored } = versions(model);
  await settled();
  wire.emit(answer(version(2), version(1)), ofModel);
  await settled();
  buttons(element, 'c.Versions_Restore')[1]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(restored).not.toHaveBeenCalled();
  wire.emit(definitions(['v1', 3]), ofIds);
  expect(restored).toHaveBeenCalledWith(JSON.stringify(worth(3)));
});

it('says that the versions did not load', async () => {
  const { element } = versions(model);
  wire.emitErrors([{ message: 'no access' }]);
  await settled();
  expect(textOf(find(element, 'c-error-panel')!)).toContain('c.Versions_Did_Not_Load');
});
