import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { layoutOf } from 'host/layouts';

type Node = { Id: string } & Record<
  string,
  { value?: unknown; displayValue?: string | null; Name?: { value: unknown } } | null
>;

/** Stands in for an object's list: the records that changed last. */
export default class ObjectList extends LightningElement {
  @api objectApiName!: string;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' }) info!: { data?: ObjectInfo };
  @wire(graphql, { query: '$query' }) result!: {
    data?: { uiapi: { query: Record<string, { edges: { node: Node }[] }> } };
    errors?: unknown[];
  };

  get title(): string {
    return this.info.data?.labelPlural ?? this.objectApiName;
  }

  get icon(): string {
    return this.objectApiName.endsWith('__c') ? 'standard:custom' : `standard:${this.objectApiName.toLowerCase()}`;
  }

  get shown(): { name: string; label: string; parent: string | null }[] {
    const { data: info } = this.info;
    return layoutOf(this.objectApiName).list.flatMap((name) => {
      const field = info?.fields[name];
      return field ? [{ name, label: field.label.replace(/ ID$/, ''), parent: field.relationshipName }] : [];
    });
  }

  get query(): ReturnType<typeof gql> | undefined {
    const { data: info } = this.info;
    if (!info) return undefined;
    const fields = this.shown.map(({ name, parent }) =>
      parent ? `${parent} { Name { value } }` : `${name} { value displayValue }`,
    );
    return gql`query list {
      uiapi { query { ${info.apiName}(orderBy: { LastModifiedDate: { order: DESC } }, first: 50) {
        edges { node { Id ${info.nameFields[0]} { value } ${fields.join(' ')} } }
      } } }
    }`;
  }

  get columns(): object[] {
    const name = {
      label: 'Name',
      fieldName: 'url',
      type: 'url',
      typeAttributes: { label: { fieldName: 'name' }, target: '_self' },
    };
    const others = this.shown.map(({ name: fieldName, label }) => ({ label, fieldName }));
    return [name, ...others].map((column) => ({ ...column, hideDefaultActions: true }));
  }

  get rows(): object[] | undefined {
    const nameField = this.info.data?.nameFields[0] ?? 'Name';
    return this.result.data?.uiapi.query[this.objectApiName]?.edges.map(({ node }) => ({
      id: node.Id,
      url: `/lightning/r/${this.objectApiName}/${node.Id}/view`,
      name: node[nameField]?.value,
      ...Object.fromEntries(
        this.shown.map(({ name, parent }) => [
          name,
          parent ? node[parent]?.Name?.value : (node[name]?.displayValue ?? node[name]?.value),
        ]),
      ),
    }));
  }

  get isEmpty(): boolean {
    return this.rows?.length === 0;
  }
}
