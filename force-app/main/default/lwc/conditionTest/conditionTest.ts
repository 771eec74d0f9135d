import { LightningElement, api, wire } from 'lwc';
import type { Comparison, Condition, FieldTest, RelatedTest } from 'c/scoringCore';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { DescribedField } from 'c/fieldPicker';
import { showFindings } from 'c/inputFindings';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import { OPERATORS } from 'c/modelWords';
import { operatorsFor } from 'c/valueInput';
import related from '@salesforce/label/c.Test_Related';
import aggregate from '@salesforce/label/c.Test_Aggregate';
import operator from '@salesforce/label/c.Test_Operator';
import where from '@salesforce/label/c.Test_Where';
import count from '@salesforce/label/c.Aggregate_Count';
import sum from '@salesforce/label/c.Aggregate_Sum';
import min from '@salesforce/label/c.Aggregate_Min';
import max from '@salesforce/label/c.Aggregate_Max';

const AGGREGATES = [
  { label: count, value: 'count' },
  { label: sum, value: 'sum' },
  { label: min, value: 'min' },
  { label: max, value: 'max' },
];
const NUMBER: DescribedField = { objectApiName: '', fieldApiName: '', dataType: 'Double' };

/**
 * One test: a field, or what child records add up to, compared with a value.
 * @fires change with `value`: the test
 */
export default class ConditionTest extends LightningElement {
  @api value!: FieldTest | RelatedTest;
  /** The object whose records are tested; without one, engagements are. */
  @api objectApiName?: string;
  @api findings: Finding[] = [];

  labels = { related, aggregate, operator, where };
  aggregates = AGGREGATES;
  info?: ObjectInfo;
  field?: DescribedField;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  wiredInfo({ data }: { data?: ObjectInfo }): void {
    this.info = data;
  }

  get isRelated(): boolean {
    return 'related' in this.value;
  }

  get relationships(): { label: string; value: string }[] {
    const relationships = this.info?.childRelationships ?? [];
    return relationships
      .filter(({ relationshipName }) => relationshipName)
      .map(({ relationshipName }) => ({ label: relationshipName, value: relationshipName }))
      .sort((a, b) => a.label.localeCompare(b.label));
  }

  get childObject(): string | undefined {
    const name = (this.value as RelatedTest).related;
    return this.info?.childRelationships.find(({ relationshipName }) => relationshipName === name)?.childObjectApiName;
  }

  get aggregatesField(): boolean {
    return (this.value as RelatedTest).aggregate !== 'count' && this.childObject !== undefined;
  }

  /** What the comparison looks at: a count and a sum are numbers whatever the field is. */
  get comparedField(): DescribedField | undefined {
    if (!('related' in this.value)) return this.field;
    return this.value.aggregate === 'count' || this.value.aggregate === 'sum' ? NUMBER : this.field;
  }

  get operators(): { label: string; value: string }[] {
    const fitting = operatorsFor(this.comparedField?.dataType);
    const all = fitting.includes(this.value.op) ? fitting : [...fitting, this.value.op];
    return all.map((op) => ({ label: OPERATORS[op], value: op }));
  }

  get takesValue(): boolean {
    return this.value.op !== 'blank' && this.value.op !== 'notBlank';
  }

  get fieldFindings(): Finding[] {
    return findingsIn(this.findings, '/field');
  }

  get valueFindings(): Finding[] {
    return findingsIn(this.findings, '/value');
  }

  get whereFindings(): Finding[] {
    return findingsIn(this.findings, '/where');
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleRelated(event: CustomEvent<{ value: string }>): void {
    this.change(event, { related: event.detail.value, where: undefined, field: undefined });
  }

  handleAggregate(event: CustomEvent<{ value: string }>): void {
    this.change(event, { aggregate: event.detail.value, ...(event.detail.value === 'count' && { field: undefined }) });
  }

  handleField(event: CustomEvent<{ value: string }>): void {
    this.field = undefined;
    this.change(event, { field: event.detail.value });
  }

  handleDescribe(event: CustomEvent<DescribedField>): void {
    event.stopPropagation();
    this.field = event.detail;
    const fitting = operatorsFor(event.detail.dataType);
    if (!('related' in this.value) && this.value.field && !fitting.includes(this.value.op))
      this.emitOperator(fitting[0]!);
  }

  handleOperator(event: CustomEvent<{ value: Comparison['op'] }>): void {
    event.stopPropagation();
    this.emitOperator(event.detail.value);
  }

  handleValue(event: CustomEvent<{ value: unknown }>): void {
    this.change(event, { value: event.detail.value });
  }

  handleWhere(event: CustomEvent<{ value: Condition | undefined }>): void {
    this.change(event, { where: event.detail.value });
  }

  /** Keeps the value where the new comparison takes one of the same form. */
  emitOperator(op: Comparison['op']): void {
    const isList = op === 'in' || op === 'notIn' || op === 'includes' || op === 'excludes';
    const isSpan = op === 'withinLast' || op === 'olderThan' || op === 'withinNext';
    const before = (this.value as { value?: unknown }).value;
    const isSpanNow = typeof before === 'string' && /^P(\d|T)/.test(before);
    let value: unknown = Array.isArray(before) ? before[0] : isSpanNow && !isSpan ? undefined : before;
    if (isList) value = Array.isArray(before) ? before : before === undefined ? [] : [before];
    if (isSpan) value = isSpanNow ? before : 'P30D';
    if (op === 'blank' || op === 'notBlank') value = undefined;
    this.emit({ op, value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.emit(changes);
  }

  emit(changes: object): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value: withChanges(this.value, changes) } }));
  }
}
