import { LightningElement, api } from 'lwc';
import type { Condition, Gate, Model } from 'c/scoringCore';
import { formatLabel } from 'c/formatLabel';
import { showFindings } from 'c/inputFindings';
import { findingsIn, newGate, numberFrom, withChanges, withItem, type Finding } from 'c/modelDraft';
import intro from '@salesforce/label/c.Gate_Intro';
import name from '@salesforce/label/c.Gate_Name';
import cap from '@salesforce/label/c.Gate_Cap';
import rating from '@salesforce/label/c.Gate_Rating';
import when from '@salesforce/label/c.Gate_When';
import add from '@salesforce/label/c.Gate_Add';
import fresh from '@salesforce/label/c.Gate_New';
import removeGate from '@salesforce/label/c.Gate_Remove';

interface Row {
  index: number;
  value: Gate;
  namePath: string;
  capPath: string;
  ratingPath: string;
  removeText: string;
  findings: Finding[];
  whenFindings: Finding[];
}

/**
 * Must-haves: while one is not met, the score is held down.
 * @fires change with `value`: the draft
 */
export default class GateEditor extends LightningElement {
  @api draft!: Model;
  @api findings: Finding[] = [];

  labels = { intro, name, cap, rating, when, add };

  get gates(): Row[] {
    return (this.draft.gates ?? []).map((value, index) => {
      const place = `/gates/${index}`;
      const findings = findingsIn(this.findings, place);
      return {
        index,
        value,
        namePath: `${place}/name`,
        capPath: `${place}/cap`,
        ratingPath: `${place}/rating`,
        removeText: formatLabel(removeGate, value.name),
        findings,
        whenFindings: findingsIn(findings, '/when'),
      };
    });
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    const { property = '' } = (event.currentTarget as HTMLElement).dataset;
    this.change(event, { [property]: property === 'rating' ? event.detail.value || undefined : event.detail.value });
  }

  handleCap(event: CustomEvent<{ value: string }>): void {
    this.change(event, { cap: numberFrom(event.detail.value) });
  }

  handleWhen(event: CustomEvent<{ value: Condition }>): void {
    this.change(event, { when: event.detail.value });
  }

  handleAdd(): void {
    this.emit([...(this.draft.gates ?? []), newGate(this.draft, fresh)]);
  }

  handleRemove(event: Event): void {
    this.emit(withItem(this.draft.gates ?? [], indexOf(event), undefined));
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    const { gates = [] } = this.draft;
    const index = indexOf(event);
    this.emit(withItem(gates, index, withChanges(gates[index]!, changes)));
  }

  emit(gates: Gate[]): void {
    const value = withChanges(this.draft, { gates: gates.length > 0 ? gates : undefined });
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}

const indexOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset['index']);
