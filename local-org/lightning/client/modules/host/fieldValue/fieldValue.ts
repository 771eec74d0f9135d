import { LightningElement, api } from 'lwc';
import type { ShownField } from 'host/recordFields';

/** One field's value: a link, a date, or text. */
export default class FieldValue extends LightningElement {
  @api field!: ShownField;
}
