// Fetches an address into a file, and waits up to a minute for the server.
import { writeFile } from 'node:fs/promises';

const [, , address, file] = process.argv;
for (let tries = 0; ; tries++) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await writeFile(file, await answer.text());
    break;
  } catch (err) {
    if (tries === 120) throw err;
    await new Promise((wait) => setTimeout(wait, 500));
  }
}
