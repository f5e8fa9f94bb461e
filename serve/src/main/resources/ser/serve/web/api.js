// The server's answers.

/** An answer that is no result; its message is for the user. */
export class Refused extends Error {
  constructor(message, reason = 'unreachable', channels = 0) {
    super(message);
    this.reason = reason;
    this.channels = channels;
  }
}

/** @returns {Promise<{limits: object, models: object[]}>} */
export async function models() {
  return answerOf(await request('/api/models'));
}

/**
 * @param {Blob} recording
 * @param {{models: string[], channel?: string, details?: boolean, signal?: AbortSignal}} asked
 */
export async function predict(recording, { models: ids, channel, details = false, signal }) {
  const query = new URLSearchParams(ids.map((id) => ['model', id]));
  if (channel !== undefined) {
    query.set('channel', channel);
  }
  if (details) {
    query.set('details', 'true');
  }
  return answerOf(
    await request(`/api/predict?${query}`, {
      method: 'POST',
      body: recording,
      headers: { 'Content-Type': 'application/octet-stream' },
      signal,
    }),
  );
}

async function request(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Refused('The server cannot be reached, or broke off. See that it runs, and try again.');
  }
}

async function answerOf(response) {
  let json;
  try {
    json = await response.json();
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Refused(`The server's answer (${response.status}) cannot be understood. Load the page again.`);
  }
  if (!response.ok) {
    throw new Refused(json.error.message, json.error.reason, json.error.channels ?? 0);
  }
  return json;
}
