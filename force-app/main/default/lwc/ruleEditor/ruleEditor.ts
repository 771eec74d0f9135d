import { LightningElement, api } from 'lwc';
import type { Category, Rule } from 'c/scoringCore';
import { showFindings } from 'c/inputFindings';
import { ruleOf, numberFrom, withChanges, type Finding } from 'c/modelDraft';
import name from '@salesforce/label/c.Rule_Name';
import points from '@salesforce/label/c.Rule_Points';
import max from '@salesforce/label/c.Rule_Max';
import maxHelp from '@salesforce/label/c.Rule_Max_Help';
import kind from '@salesforce/label/c.Rule_Kind';
import attribute from '@salesforce/label/c.Rule_Kind_Attribute';
import engagement from '@salesforce/label/c.Rule_Kind_Engagement';
import frequency from '@salesforce/label/c.Rule_Kind_Frequency';
import inactivity from '@salesforce/label/c.Rule_Kind_Inactivity';
import category from '@salesforce/label/c.Rule_Category';
import noCategory from '@salesforce/label/c.Rule_No_Category';

type Kind = Rule['kind'];

const KINDS: { label: string; value: Kind }[] = [
  { label: attribute, value: 'attribute' },
  { label: engagement, value: 'engagement' },
  { label: frequency, value: 'frequency' },
  { label: inactivity, value: 'inactivity' },
];

/**
 * One rule: what all kinds have, and what its kind says.
 * @fires change with `value`: the rule
 */
export default class RuleEditor extends LightningElement {
  @api value!: Rule;
  @api objectApiName?: string;
  @api categories: Category[] = [];
  @api findings: Finding[] = [];

  labels = { name, points, max, maxHelp, kind, category };
  kinds = KINDS;

  get category(): string {
    return this.value.category ?? '';
  }

  get categoryOptions(): { label: string; value: string }[] {
    return [
      { label: noCategory, value: '' },
      ...this.categories.map(({ key, name: each }) => ({ label: each, value: key })),
    ];
  }

  get isAttribute(): boolean {
    return this.value.kind === 'attribute';
  }

  get isEngagement(): boolean {
    return this.value.kind === 'engagement';
  }

  get isFrequency(): boolean {
    return this.value.kind === 'frequency';
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleName(event: CustomEvent<{ value: string }>): void {
    this.change(event, { name: event.detail.value });
  }

  handlePoints(event: CustomEvent<{ value: string }>): void {
    this.change(event, { points: numberFrom(event.detail.value) });
  }

  handleMax(event: CustomEvent<{ value: string }>): void {
    this.change(event, { max: numberFrom(event.detail.value) });
  }

  handleCategory(event: CustomEvent<{ value: string }>): void {
    this.change(event, { category: event.detail.value || undefined });
  }

  handleKind(event: CustomEvent<{ value: Kind }>): void {
    event.stopPropagation();
    this.emit(ruleOf(event.detail.value, this.value));
  }

  handleRule(event: CustomEvent<{ value: Rule }>): void {
    event.stopPropagation();
    this.emit(event.detail.value);
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.emit(withChanges(this.value, changes));
  }

  emit(value: Rule): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
