import { LightningElement, api } from 'lwc';
import type { Decay, EngagementRule as Rule } from 'c/scoringCore';
import { showFindings } from 'c/inputFindings';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import award from '@salesforce/label/c.Rule_Award';
import each from '@salesforce/label/c.Rule_Award_Each';
import first from '@salesforce/label/c.Rule_Award_First';
import distinctOption from '@salesforce/label/c.Rule_Award_Distinct';
import distinct from '@salesforce/label/c.Rule_Distinct_Label';
import limit from '@salesforce/label/c.Rule_Limit_Label';
import within from '@salesforce/label/c.Rule_Within_Label';
import expires from '@salesforce/label/c.Rule_Expires_Label';

type Award = 'each' | 'first' | 'distinct';

const AWARDS: { label: string; value: Award }[] = [
  { label: each, value: 'each' },
  { label: first, value: 'first' },
  { label: distinctOption, value: 'distinct' },
];

/**
 * Engagement: of which types, narrowed down how, how often it counts, and how its points go.
 * @fires change with `value`: the rule
 */
export default class EngagementRule extends LightningElement {
  @api value!: Rule;
  @api findings: Finding[] = [];

  labels = { award, distinct, limit, within, expires };
  awards = AWARDS;

  get award(): Award {
    return typeof this.value.award === 'object' ? 'distinct' : (this.value.award ?? 'each');
  }

  get isDistinct(): boolean {
    return this.award === 'distinct';
  }

  get limitCount(): number | undefined {
    return this.value.limit?.count;
  }

  get awardFindings(): Finding[] {
    return findingsIn(this.findings, '/award/distinct');
  }

  get withinFindings(): Finding[] {
    return findingsIn(this.findings, '/limit/within');
  }

  get expiresFindings(): Finding[] {
    return findingsIn(this.findings, '/expires');
  }

  get decayFindings(): Finding[] {
    return findingsIn(this.findings, '/decay');
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleMatching(event: CustomEvent<{ value: Rule }>): void {
    event.stopPropagation();
    this.emit(event.detail.value);
  }

  handleAward(event: CustomEvent<{ value: Award }>): void {
    const chosen = event.detail.value;
    const values = { each: undefined, first: 'first', distinct: { distinct: 'link.url' } };
    this.change(event, { award: values[chosen] });
  }

  handleDistinct(event: CustomEvent<{ value: string }>): void {
    this.change(event, { award: { distinct: event.detail.value } });
  }

  handleLimit(event: CustomEvent<{ value: string }>): void {
    const count = Number.parseInt(event.detail.value, 10);
    const limited = count > 0 ? { within: 'P7D', ...this.value.limit, count } : undefined;
    this.change(event, { limit: limited });
  }

  handleWithin(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { limit: withChanges(this.value.limit!, { within: event.detail.value }) });
  }

  handleExpires(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { expires: event.detail.value });
  }

  handleDecay(event: CustomEvent<{ value: Decay | undefined }>): void {
    this.change(event, { decay: event.detail.value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.emit(withChanges(this.value, changes));
  }

  emit(value: Rule): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
