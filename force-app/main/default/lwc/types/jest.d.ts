import 'expect';

declare module 'expect' {
  interface Matchers<R> {
    /** Of @sa11y/jest: no accessibility issue that axe-core finds. */
    toBeAccessible(): Promise<R>;
  }
}
