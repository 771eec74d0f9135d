import { expect, it } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import GateEditor from 'c/gateEditor';
import { settled, show } from '../../__tests__/wire';

const model = { schema: 1, key: 'a', name: 'A', object: 'Lead', rules: [] } as unknown as Model;

it('adds a must-have, says what it is, and takes it away', async () => {
  const element = show('c-gate-editor', GateEditor, { draft: model });
  element.addEventListener('change', (event) => {
    element.draft = (event as CustomEvent<{ value: Model }>).detail.value;
  });
  const all = (selector: string) => [...element.shadowRoot.querySelectorAll<HTMLElement>(selector)];
  all('lightning-button')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  const [name, cap, rating] = all('lightning-input');
  name!.dispatchEvent(new CustomEvent('change', { detail: { value: 'In our region' } }));
  cap!.dispatchEvent(new CustomEvent('change', { detail: { value: '20' } }));
  rating!.dispatchEvent(new CustomEvent('change', { detail: { value: 'Blocked' } }));
  const when = { field: 'Country', op: 'eq', value: 'Germany' };
  all('c-condition-editor')[0]!.dispatchEvent(new CustomEvent('change', { detail: { value: when } }));
  expect(element.draft.gates).toMatchObject([{ name: 'In our region', cap: 20, rating: 'Blocked', when }]);
  rating!.dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
  expect(element.draft.gates![0]).not.toHaveProperty('rating');
  await settled();
  await expect(element).toBeAccessible();
  all('lightning-button-icon')[0]!.dispatchEvent(new CustomEvent('click'));
  expect(element.draft).not.toHaveProperty('gates');
});

it('shows a problem beside the input that it concerns', async () => {
  const draft = { ...model, gates: [{ key: 'g', name: 'G', when: { all: [] }, cap: 0.5 }] } as unknown as Model;
  const findings = [{ kind: 'problem' as const, path: '/gates/0/cap', message: 'too many decimals' }];
  const element = show('c-gate-editor', GateEditor, { draft, findings: [] as typeof findings });
  const [, cap] = element.shadowRoot.querySelectorAll<HTMLElement & { setCustomValidity: (text: string) => void }>(
    'lightning-input',
  );
  const shown: string[] = [];
  cap!.setCustomValidity = (message) => shown.push(message);
  element.findings = findings;
  await settled();
  element.findings = [];
  await settled();
  expect(shown).toEqual(['too many decimals', '']);
});
