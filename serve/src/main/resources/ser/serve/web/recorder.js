// The microphone, as blocks of samples.

export class Microphone {
  #stream;
  #context;
  #node;

  /**
   * Asks for the microphone and begins to listen.
   *
   * @param {(block: Float32Array) => void} onBlock called ten times a second
   * @param {() => void} onEnd called if the microphone goes away by itself
   * @returns {Promise<number>} samples per second
   * @throws {Error} with a sentence for the user
   */
  async start(onBlock, onEnd) {
    if (!navigator.mediaDevices?.getUserMedia || !window.AudioWorkletNode) {
      throw new Error('This page may not use a microphone here. Browsers allow it at localhost and over HTTPS only: open it that way, or upload a recording.');
    }
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
    } catch (error) {
      throw new Error(reasonOf(error));
    }
    try {
      this.#context = new AudioContext();
      await this.#context.audioWorklet.addModule('/assets/recorder-worklet.js');
      this.#node = new AudioWorkletNode(this.#context, 'recorder', { numberOfOutputs: 0 });
      this.#node.port.onmessage = (message) => onBlock(message.data);
      this.#context.createMediaStreamSource(this.#stream).connect(this.#node);
      await this.#context.resume();
      this.#stream.getAudioTracks()[0].addEventListener('ended', onEnd);
      return this.#context.sampleRate;
    } catch (error) {
      await this.stop();
      throw new Error(`The microphone could not be started (${error.message}). Close other programs that use it, and try again.`);
    }
  }

  async stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    if (this.#node) {
      this.#node.port.onmessage = null;
    }
    if (this.#context && this.#context.state !== 'closed') {
      await this.#context.close();
    }
  }
}

function reasonOf(error) {
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser does not let this page use the microphone. Allow it beside the address, or upload a recording.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'There is no microphone. Connect one, or upload a recording.';
    case 'NotReadableError':
      return 'Another program uses the microphone. Close it, or upload a recording.';
    default:
      return `The microphone cannot be used (${error.message}). Upload a recording in its place.`;
  }
}
