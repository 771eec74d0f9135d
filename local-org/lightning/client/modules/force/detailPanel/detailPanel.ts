import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord, type RecordRepresentation } from 'lightning/uiRecordApi';
import { layoutOf } from 'host/layouts';
import { fieldsFor, shownFields, type ShownField } from 'host/recordFields';

/** Stands in for the platform's record detail: the fields of the page layout, read only. */
export default class DetailPanel extends LightningElement {
  @api recordId!: string;
  @api objectApiName!: string;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' }) info!: { data?: ObjectInfo };
  @wire(getRecord, { recordId: '$recordId', fields: '$fields' }) record!: { data?: RecordRepresentation };

  get fields(): string[] | undefined {
    return this.info.data && fieldsFor(this.info.data, layoutOf(this.objectApiName).details);
  }

  get details(): ShownField[] {
    const { data: info } = this.info;
    const { data: record } = this.record;
    return info && record ? shownFields(info, record, layoutOf(this.objectApiName).details) : [];
  }
}
