/** The part of avro-js that is used here. It brings no types, and its entry needs a package that it does not depend on. */
declare module 'avro-js/lib/schemas.js' {
  export interface Type {
    toBuffer(value: unknown): Buffer;
    fromBuffer(buffer: Buffer): unknown;
  }
  const schemas: { createType(schema: unknown): Type };
  export default schemas;
}
