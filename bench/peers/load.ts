/** Imports a peer by name: its types are not there unless bench/ has been installed, and nothing else needs them. */
export async function load<Library>(name: string): Promise<Library> {
  try {
    return (await import(name)) as Library;
  } catch (error) {
    throw new Error(`${name} is missing; run "npm ci" in bench/ first`, { cause: error });
  }
}
