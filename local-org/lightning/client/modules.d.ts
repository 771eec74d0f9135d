declare module 'host:components' {
  type Load = () => Promise<{ default: typeof import('lwc').LightningElement }>;
  /** A loader for each component that a Lightning page can name, such as `c:scoreCard`. */
  const components: Record<string, Load | undefined>;
  export default components;
}

declare module 'lightning/toast' {
  const Toast: { show(options: object, source: object): void };
  export default Toast;
}

declare module '@lwc/synthetic-shadow';
