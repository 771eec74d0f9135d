import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { executeMutation } from 'lightning/graphql';
import { updateRecord } from 'lightning/uiRecordApi';
import type { Model } from 'c/scoringCore';
import ModelBuilder from 'c/modelBuilder';
import { show, textOf } from '../../__tests__/wire';
import { wires } from '../../__tests__/wires';

/** The stub of the platform's module has no mutations. */
jest.mock('lightning/graphql', () => ({
  ...jest.requireActual<object>('lightning/graphql'),
  executeMutation: jest.fn(),
}));

type Root = { shadowRoot: ShadowRoot };
type Part = HTMLElement & Root & { draft: Model };

const MODEL = 'a00000000000001AAA';
const definition = {
  schema: 1,
  key: 'leads',
  name: 'Leads',
  object: 'Lead',
  categories: [{ key: 'fit', name: 'Fit', max: 20 }],
  rules: [
    {
      key: 'vp',
      name: 'VP',
      kind: 'attribute',
      points: 10,
      category: 'fit',
      when: { field: 'Title', op: 'eq', value: 'VP' },
    },
    { key: 'click', name: 'Click', kind: 'engagement', points: 5, types: ['email.click'] },
  ],
  thresholds: [{ rating: 'Hot', min: 10 }],
} satisfies Model;

const record = (fields: Record<string, unknown>) => ({
  id: MODEL,
  apiName: 'Scoring_Model__c',
  fields: Object.fromEntries(
    Object.entries({
      Name: 'Leads',
      External_Id__c: 'leads',
      Object__c: 'Lead',
      Draft__c: null,
      Definition__c: null,
      ...fields,
    }).map(([name, value]) => [name, { value, displayValue: null }]),
  ),
});
const update = updateRecord as unknown as jest.Mock<(input: { fields: Record<string, string> }) => Promise<void>>;
const mutate = executeMutation as unknown as jest.Mock<
  (request: { variables: object }) => Promise<{ data?: object; errors?: object[] }>
>;
const savedDraft = () => JSON.parse(update.mock.lastCall![0].fields['Draft__c']!) as Model;
const find = ({ shadowRoot }: Root, selector: string) => shadowRoot.querySelector<Part>(selector)!;
const stateOf = (root: Root) => find(root, '[data-id="state"]').textContent;

beforeEach(() => {
  jest.useFakeTimers();
  update.mockReset();
  update.mockResolvedValue();
});
afterEach(() => {
  jest.useRealTimers();
});

async function builder(fields: Record<string, unknown> = { Definition__c: JSON.stringify(definition) }) {
  const element = show('c-model-builder', ModelBuilder, { recordId: MODEL });
  wires.getRecord.emit(record(fields));
  await jest.advanceTimersByTimeAsync(0);
  return element;
}

const list = (root: Root) => find(root, 'c-rule-list');

async function openTab(root: Root, value: string, tag: string): Promise<Part> {
  const tabs = [...root.shadowRoot.querySelectorAll<HTMLElement & { value: string }>('lightning-tab')];
  tabs.find((each) => each.value === value)!.dispatchEvent(new CustomEvent('active'));
  await jest.advanceTimersByTimeAsync(0);
  return find(root, tag);
}

async function change(root: Root, value: Model) {
  list(root).dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await jest.advanceTimersByTimeAsync(0);
}

describe('the model builder', () => {
  it('spins until the model is there', async () => {
    const element = show('c-model-builder', ModelBuilder, { recordId: MODEL });
    await jest.advanceTimersByTimeAsync(0);
    expect(find(element, 'lightning-spinner')).not.toBeNull();
  });

  it('shows what is published until there is a draft', async () => {
    const element = await builder();
    expect(list(element).draft).toEqual(definition);
    expect(stateOf(element)).toBe('c.Builder_Published');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  it('goes on with the draft', async () => {
    const element = await builder({ Draft__c: JSON.stringify({ ...definition, name: 'Better' }), Definition__c: '{}' });
    expect(list(element).draft.name).toBe('Better');
    expect(stateOf(element)).toBe('c.Builder_Saved');
  });

  it('begins with nothing for a model that was never written', async () => {
    expect(list(await builder({})).draft).toEqual({
      schema: 1,
      key: 'leads',
      name: 'Leads',
      object: 'Lead',
      rules: [],
    });
  });

  it('says what is wrong with a draft that is none', async () => {
    const element = await builder({ Draft__c: '{"rules": 5}' });
    expect(textOf(find(element, 'c-error-panel'))).toContain('c.Builder_Did_Not_Load');
  });

  it('says that the model did not load', async () => {
    const element = show('c-model-builder', ModelBuilder, { recordId: MODEL });
    wires.getRecord.error({ message: 'no access' }, 403);
    await jest.advanceTimersByTimeAsync(0);
    expect(find(element, 'c-error-panel')).not.toBeNull();
  });

  it('saves a second after the last edit, once', async () => {
    const element = await builder();
    await change(element, { ...definition, name: 'A' });
    await jest.advanceTimersByTimeAsync(900);
    await change(element, { ...definition, name: 'AB' });
    expect(stateOf(element)).toBe('c.Builder_Unsaved');
    await jest.advanceTimersByTimeAsync(999);
    expect(update).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(update).toHaveBeenCalledTimes(1);
    expect(savedDraft().name).toBe('AB');
    expect(stateOf(element)).toBe('c.Builder_Saved');
  });

  it('saves at once when it leaves the page', async () => {
    const element = await builder();
    await change(element, { ...definition, name: 'A' });
    element.remove();
    expect(savedDraft().name).toBe('A');
  });

  it('keeps what was not saved, says so, and saves it with the next edit', async () => {
    const element = await builder();
    update.mockRejectedValueOnce({ body: { message: 'storage limit exceeded' } });
    await change(element, { ...definition, name: 'A' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(textOf(find(element, 'c-error-panel'))).toContain('c.Builder_Did_Not_Save');
    expect(list(element).draft.name).toBe('A');
    await change(element, { ...definition, name: 'B' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(savedDraft().name).toBe('B');
    expect(find(element, 'c-error-panel')).toBeNull();
  });

  it('is not saved while an edit made during the save waits', async () => {
    const element = await builder();
    let finish = () => undefined as unknown;
    update.mockImplementationOnce(() => new Promise<void>((resolve) => (finish = resolve)));
    await change(element, { ...definition, name: 'A' });
    await jest.advanceTimersByTimeAsync(1000);
    await change(element, { ...definition, name: 'B' });
    finish();
    await jest.advanceTimersByTimeAsync(0);
    expect(stateOf(element)).toBe('c.Builder_Unsaved');
    await jest.advanceTimersByTimeAsync(1000);
    expect(savedDraft().name).toBe('B');
    expect(stateOf(element)).toBe('c.Builder_Saved');
  });

  it('undoes and redoes, by button and by keyboard', async () => {
    const element = await builder();
    await change(element, { ...definition, name: 'A' });
    find(element, '[data-id="undo"]').dispatchEvent(new CustomEvent('click'));
    await jest.advanceTimersByTimeAsync(0);
    expect(list(element).draft.name).toBe('Leads');
    const press = (shiftKey: boolean) =>
      list(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey, bubbles: true }));
    press(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(list(element).draft.name).toBe('A');
    press(false);
    await jest.advanceTimersByTimeAsync(1000);
    expect(list(element).draft.name).toBe('Leads');
    expect(savedDraft().name).toBe('Leads');
  });

  it('marks the tab behind which something is wrong', async () => {
    const element = await builder();
    await change(element, { ...definition, thresholds: [{ rating: 'Hot', min: Number.NaN }] });
    await jest.advanceTimersByTimeAsync(200);
    const tab = [...element.shadowRoot.querySelectorAll('lightning-tab')].find(
      (each) => (each as unknown as { value: string }).value === 'thresholds',
    );
    expect(tab).toMatchObject({ iconName: 'utility:error' });
  });

  it('publishes the draft as the next version, and saves it no more', async () => {
    mutate.mockResolvedValueOnce({ data: {} });
    const element = await builder({ Definition__c: JSON.stringify(definition), Version__c: 4 });
    const draft = { ...definition, name: 'Better' };
    await change(element, draft);
    const versions = await openTab(element, 'versions', 'c-model-versions');
    expect(versions).toMatchObject({ draft, published: definition, busy: false });
    versions.dispatchEvent(new CustomEvent('publish', { detail: { note: 'why' } }));
    await jest.advanceTimersByTimeAsync(2000);
    expect(mutate.mock.lastCall![0].variables).toEqual({
      version: {
        Scoring_Model_Version__c: {
          Model__c: MODEL,
          Version__c: 5,
          Definition__c: JSON.stringify(draft),
          Note__c: 'why',
        },
      },
      model: {
        Id: MODEL,
        Scoring_Model__c: {
          Definition__c: JSON.stringify(draft),
          Draft__c: null,
          Version__c: 5,
          Status__c: 'Active',
        },
      },
    });
    expect(update).not.toHaveBeenCalled();
    expect(versions).toMatchObject({ published: draft });
    expect(stateOf(element)).toBe('c.Builder_Published');
  });

  it('keeps the draft where publishing fails', async () => {
    mutate.mockResolvedValueOnce({ errors: [{ message: 'no access' }] });
    const element = await builder();
    await change(element, { ...definition, name: 'Better' });
    const versions = await openTab(element, 'versions', 'c-model-versions');
    versions.dispatchEvent(new CustomEvent('publish', { detail: { note: '' } }));
    await jest.advanceTimersByTimeAsync(0);
    expect(textOf(find(element, 'c-error-panel'))).toContain('c.Builder_Did_Not_Save');
    expect(versions).toMatchObject({ published: definition, draft: { name: 'Better' } });
    expect(stateOf(element)).toBe('c.Builder_Unsaved');
  });

  it('takes an earlier version as its draft, which undo takes back', async () => {
    const element = await builder();
    const versions = await openTab(element, 'versions', 'c-model-versions');
    const earlier = JSON.stringify({ ...definition, name: 'Earlier' });
    versions.dispatchEvent(new CustomEvent('restore', { detail: { definition: earlier } }));
    await jest.advanceTimersByTimeAsync(1000);
    expect(savedDraft().name).toBe('Earlier');
    find(element, '[data-id="undo"]').dispatchEvent(new CustomEvent('click'));
    await jest.advanceTimersByTimeAsync(1000);
    expect(savedDraft().name).toBe('Leads');
  });

  it('shows each part of a model behind its tab', async () => {
    const element = await builder();
    for (const [value, tag] of [
      ['gates', 'c-gate-editor'],
      ['thresholds', 'c-threshold-editor'],
      ['grades', 'c-grade-editor'],
      ['settings', 'c-model-settings'],
      ['rules', 'c-rule-list'],
    ] as const) {
      expect(await openTab(element, value, tag)).toMatchObject({ draft: definition });
    }
  });
});
