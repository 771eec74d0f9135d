import { LightningElement, api } from 'lwc';
import type { Model } from 'c/scoringCore';
import { showFindings } from 'c/inputFindings';
import { numberFrom, withChanges, type Finding } from 'c/modelDraft';
import name from '@salesforce/label/c.Model_Name';
import object from '@salesforce/label/c.Model_Object';
import key from '@salesforce/label/c.Model_Key';
import min from '@salesforce/label/c.Model_Min';
import max from '@salesforce/label/c.Model_Max';
import decimals from '@salesforce/label/c.Model_Decimals';
import weights from '@salesforce/label/c.Model_Weights';
import human from '@salesforce/label/c.Verdict_Human';
import unknown from '@salesforce/label/c.Verdict_Unknown';
import suspect from '@salesforce/label/c.Verdict_Suspect';
import machine from '@salesforce/label/c.Verdict_Machine';

type Verdict = 'human' | 'unknown' | 'suspect' | 'machine';

/** What a model that says nothing of it takes: section 3 of the scoring contract. */
const WEIGHTS: { verdict: Verdict; label: string; weight: number }[] = [
  { verdict: 'human', label: human, weight: 1 },
  { verdict: 'unknown', label: unknown, weight: 1 },
  { verdict: 'suspect', label: suspect, weight: 0.5 },
  { verdict: 'machine', label: machine, weight: 0 },
];

/**
 * What is said of a model as a whole.
 * @fires change with `value`: the draft
 */
export default class ModelSettings extends LightningElement {
  @api draft!: Model;
  @api findings: Finding[] = [];

  labels = { name, object, key, min, max, decimals, weights };
  decimalOptions = ['0', '1', '2'].map((value) => ({ label: value, value }));

  get range(): { min?: number; max?: number } {
    return this.draft.range ?? {};
  }

  get decimals(): string {
    return String(this.draft.decimals ?? 0);
  }

  get weights(): { verdict: Verdict; label: string; path: string; percent: number }[] {
    return WEIGHTS.map(({ verdict, label, weight }) => ({
      verdict,
      label,
      path: `/verdictWeights/${verdict}`,
      percent: Math.round((this.draft.verdictWeights?.[verdict] ?? weight) * 100),
    }));
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleName(event: CustomEvent<{ value: string }>): void {
    this.change(event, { name: event.detail.value });
  }

  handleRange(event: CustomEvent<{ value: string }>): void {
    const { property = '' } = (event.currentTarget as HTMLElement).dataset;
    const range = withChanges(this.range, { [property]: numberFrom(event.detail.value) });
    this.change(event, { range: Object.keys(range).length > 0 ? range : undefined });
  }

  handleDecimals(event: CustomEvent<{ value: string }>): void {
    this.change(event, { decimals: Number(event.detail.value) || undefined });
  }

  handleWeight(event: CustomEvent<{ value: string }>): void {
    const { verdict = '' } = (event.currentTarget as HTMLElement).dataset;
    const percent = numberFrom(event.detail.value);
    const weight = percent === undefined ? undefined : percent / 100;
    const changed = withChanges(this.draft.verdictWeights ?? {}, { [verdict]: weight });
    this.change(event, { verdictWeights: Object.keys(changed).length > 0 ? changed : undefined });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('change', { detail: { value: withChanges(this.draft, changes) } }));
  }
}
