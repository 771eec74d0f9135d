// Platform modules that @salesforce/lightning-types does not describe.

declare module 'lightning/graphql' {
  export interface GraphqlResult<Data> {
    data?: Data;
    errors?: unknown[];
    refresh?: () => Promise<void>;
  }
  /** Stands for a parsed query. */
  export type Query = object & { readonly query: unique symbol };
  export function gql(text: TemplateStringsArray, ...values: unknown[]): Query;
  export const graphql: import('lwc').WireAdapterConstructor;
}

declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}

declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}

declare module '@salesforce/client/formFactor' {
  const formFactor: 'Large' | 'Medium' | 'Small';
  export default formFactor;
}
