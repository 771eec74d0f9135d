import { LightningElement, api, wire } from 'lwc';
import type { Comparison } from 'c/scoringCore';
import { getObjectInfo, getPicklistValues, type ObjectInfo, type PicklistValues } from 'lightning/uiObjectInfoApi';
import type { DescribedField } from 'c/fieldPicker';
import { showFindings } from 'c/inputFindings';
import { numberFrom, type Finding } from 'c/modelDraft';
import { valueKindOf, type ValueKind } from './kinds';
import value from '@salesforce/label/c.Value_Label';
import yes from '@salesforce/label/c.Words_Yes';
import no from '@salesforce/label/c.Words_No';

const YES_OR_NO = [
  { label: yes, value: 'true' },
  { label: no, value: 'false' },
];
const INPUT_TYPES: Partial<Record<ValueKind, string>> = { number: 'number', date: 'date', instant: 'datetime' };

/**
 * What a field is compared with, as fits the comparison and the type of the field.
 * @fires change with `value`
 */
export default class ValueInput extends LightningElement {
  @api op: Comparison['op'] = 'eq';
  @api value: unknown;
  /** What is known of the field; nothing for a detail of an engagement. */
  @api field?: DescribedField;
  @api findings: Finding[] = [];

  labels = { value };
  recordTypeId?: string;
  choices?: { label: string; value: string }[];

  @wire(getObjectInfo, { objectApiName: '$field.objectApiName' })
  wiredInfo({ data }: { data?: ObjectInfo }): void {
    this.recordTypeId = data?.defaultRecordTypeId ?? (data && '012000000000000AAA');
  }

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: '$picklist' })
  wiredChoices({ data }: { data?: PicklistValues }): void {
    this.choices = this.picklist ? data?.values.map(({ label, value: each }) => ({ label, value: each })) : undefined;
  }

  /** The field whose values are offered. */
  get picklist(): string | undefined {
    const { objectApiName, fieldApiName, dataType } = this.field ?? {};
    return dataType === 'Picklist' || dataType === 'MultiPicklist' ? `${objectApiName}.${fieldApiName}` : undefined;
  }

  get kind(): ValueKind {
    return valueKindOf(this.op, this.field?.dataType, this.value);
  }

  get isList(): boolean {
    return this.kind === 'list';
  }

  get isDuration(): boolean {
    return this.kind === 'duration';
  }

  get isNumeric(): boolean {
    return valueKindOf('eq', this.field?.dataType, (this.value as unknown[] | undefined)?.[0]) === 'number';
  }

  get isChoice(): boolean {
    return this.kind === 'flag' || (this.kind === 'text' && this.choices !== undefined);
  }

  get offered(): { label: string; value: string }[] {
    if (this.kind === 'flag') return YES_OR_NO;
    const choices = this.choices ?? [];
    const isKnown = this.chosen === '' || choices.some((choice) => choice.value === this.chosen);
    return isKnown ? choices : [...choices, { label: this.chosen, value: this.chosen }];
  }

  get chosen(): string {
    return typeof this.value === 'boolean' || typeof this.value === 'string' ? String(this.value) : '';
  }

  get inputType(): string {
    return INPUT_TYPES[this.kind] ?? 'text';
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleChange(event: CustomEvent<{ value: unknown }>): void {
    event.stopPropagation();
    this.emit(event.detail.value);
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.emit(this.kind === 'flag' ? event.detail.value === 'true' : event.detail.value);
  }

  handleTyped(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    const typed = event.detail.value;
    if (this.kind === 'number') this.emit(numberFrom(typed));
    else this.emit(typed === '' ? undefined : typed);
  }

  emit(changed: unknown): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value: changed } }));
  }
}

export { operatorsFor } from './kinds';
