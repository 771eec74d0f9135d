import sfdx from '@salesforce/sfdx-lwc-jest/config.js';

/** Components, on Salesforce's own preset. */
const { collectCoverageFrom: _, ...platform } = sfdx.jestConfig;
const lwc = {
  ...platform,
  displayName: 'lwc',
  rootDir: '.',
  testMatch: ['<rootDir>/force-app/**/__tests__/*.test.ts'],
  resolver: '<rootDir>/config/jest/lwc-resolver.cjs',
  setupFilesAfterEnv: [...platform.setupFilesAfterEnv, '<rootDir>/config/jest/lwc-setup.cjs'],
};

const node = (displayName, folder) => ({
  displayName,
  rootDir: '.',
  testMatch: [`<rootDir>/${folder}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/config/jest/strip-types.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
});

export default {
  testTimeout: 30_000,
  projects: [
    lwc,
    node('scoring-core', 'scoring-core/test'),
    node('local-org', 'local-org/test'),
    node('ingester', 'ingester/test'),
    node('end to end', 'test'),
  ],
};
