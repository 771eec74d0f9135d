import { LightningElement, api } from 'lwc';
import type { Decay } from 'c/scoringCore';
import { showFindings } from 'c/inputFindings';
import { findingsIn, numberFrom, withChanges, type Finding } from 'c/modelDraft';
import decay from '@salesforce/label/c.Decay_Label';
import keep from '@salesforce/label/c.Decay_Keep';
import none from '@salesforce/label/c.Decay_None';
import exponential from '@salesforce/label/c.Decay_Exponential';
import linear from '@salesforce/label/c.Decay_Linear';
import steps from '@salesforce/label/c.Decay_Steps';
import halfLife from '@salesforce/label/c.Decay_Half_Life';
import over from '@salesforce/label/c.Decay_Over';
import every from '@salesforce/label/c.Decay_Every';

type Kind = Decay['kind'] | 'none';

const KINDS: { label: string; value: Kind }[] = [
  { label: none, value: 'none' },
  { label: exponential, value: 'exponential' },
  { label: linear, value: 'linear' },
  { label: steps, value: 'steps' },
];
const FRESH: Record<Decay['kind'], Decay> = {
  exponential: { kind: 'exponential', halfLife: 'P14D' },
  linear: { kind: 'linear', over: 'P30D' },
  steps: { kind: 'steps', keep: 0.5, every: 'P30D' },
};
/** The duration of each kind: its property and what it is called. */
const SPANS: Record<Decay['kind'], { name: string; label: string }> = {
  exponential: { name: 'halfLife', label: halfLife },
  linear: { name: 'over', label: over },
  steps: { name: 'every', label: every },
};

/**
 * How an award loses its points with time, with a picture of it.
 * @fires change with `value`: the decay, or undefined for none
 */
export default class DecayEditor extends LightningElement {
  @api value?: Decay;
  /** When the award is gone, for the picture. */
  @api expires?: string;
  @api findings: Finding[] = [];

  labels = { decay, keep };
  kinds = KINDS;

  get kind(): Kind {
    return this.value?.kind ?? 'none';
  }

  get keepsShare(): boolean {
    return this.kind === 'steps';
  }

  /** The share in hundredths, as an admin writes it. */
  get percent(): number | undefined {
    return this.value?.kind === 'steps' ? Math.round(this.value.keep * 100) : undefined;
  }

  get spanLabel(): string {
    return this.value ? SPANS[this.value.kind].label : '';
  }

  get span(): string | undefined {
    return this.value ? (this.value as Record<string, string>)[SPANS[this.value.kind].name] : undefined;
  }

  get spanFindings(): Finding[] {
    return this.value ? findingsIn(this.findings, `/${SPANS[this.value.kind].name}`) : [];
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleKind(event: CustomEvent<{ value: Kind }>): void {
    event.stopPropagation();
    const { value } = event.detail;
    this.emit(value === 'none' ? undefined : FRESH[value]);
  }

  handleKeep(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    const percent = numberFrom(event.detail.value);
    this.emit(withChanges(this.value!, { keep: percent === undefined ? undefined : percent / 100 }));
  }

  handleSpan(event: CustomEvent<{ value: string | undefined }>): void {
    event.stopPropagation();
    this.emit(withChanges(this.value!, { [SPANS[this.value!.kind].name]: event.detail.value }));
  }

  emit(value: Decay | undefined): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
