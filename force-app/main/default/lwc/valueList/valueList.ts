import { LightningElement, api } from 'lwc';
import { showFindings } from 'c/inputFindings';
import type { Finding } from 'c/modelDraft';
import value from '@salesforce/label/c.Value_Label';
import add from '@salesforce/label/c.Value_Add';

type Value = string | number;

/**
 * A list of values: chosen from `choices` where there are any, typed otherwise.
 * @fires change with `value`: the list
 */
export default class ValueList extends LightningElement {
  @api label = value;
  @api choices?: { label: string; value: string }[];
  /** Whether the values are numbers. */
  @api numeric = false;
  @api findings: Finding[] = [];

  labels = { add };
  nothing = '';
  typed = '';
  values: Value[] = [];

  @api
  get value(): Value[] {
    return this.values;
  }
  set value(values: unknown) {
    this.values = Array.isArray(values) ? (values as Value[]) : [];
  }

  get inputType(): string {
    return this.numeric ? 'number' : 'text';
  }

  get remaining(): { label: string; value: string }[] {
    return this.choices?.filter((choice) => !this.values.includes(choice.value)) ?? [];
  }

  get items(): { label: string; name: string }[] {
    return this.values.map((each, index) => ({
      label: this.choices?.find((choice) => choice.value === each)?.label ?? String(each),
      name: String(index),
    }));
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.emit([...this.values, event.detail.value]);
  }

  handleTyped(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.typed = event.detail.value;
  }

  handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.handleAdd();
  }

  handleAdd(): void {
    const added = this.numeric ? Number.parseFloat(this.typed) : this.typed;
    if (added === '' || Number.isNaN(added) || this.values.includes(added)) return;
    this.typed = '';
    this.emit([...this.values, added]);
  }

  handleRemove(event: CustomEvent<{ item: { name: string } }>): void {
    const index = Number(event.detail.item.name);
    this.emit(this.values.filter((_, at) => at !== index));
  }

  emit(values: Value[]): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value: values } }));
  }
}
