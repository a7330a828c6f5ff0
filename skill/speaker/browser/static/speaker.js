// The little API of this machine's speaker.
export class Gone extends Error {}

export class Speaker {
  room = null;
  #queue = Promise.resolve();

  async join(locale, screen) {
    if (this.room) this.leave(null);
    const joined = await this.#post("/api/rooms", JSON.stringify({ locale, screen }));
    this.room = joined.room;
    return joined;
  }

  say(words, at) {
    return this.#ask("say", { words, at });
  }

  time(at) {
    return this.#ask("time", { at });
  }

  // Pieces of sound go one after the other.
  sound(samples, isFirst, mayEnd) {
    const address = this.#soundAddress(isFirst && "first", mayEnd && "may-end");
    this.#queue = this.#queue.then(() => this.#post(address, samples.buffer)).catch(() => {});
  }

  // All was said; the rest of it, [samples, isFirst], is handed on with the question if there is any.
  async heard(at, rest) {
    await this.#queue;
    if (!rest) return this.#ask("heard", { at });
    const [samples, isFirst] = rest;
    const all = `all=${encodeURIComponent(JSON.stringify({ at }))}`;
    return this.#post(this.#soundAddress(isFirst && "first", all), samples.buffer);
  }

  leave(at) {
    // A beacon would not tell its origin, and be refused.
    if (this.room) {
      const said = { method: "POST", body: JSON.stringify({ at }), keepalive: true };
      fetch(`/api/rooms/${this.room}/leave`, said).catch(() => {});
    }
    this.room = null;
  }

  #soundAddress(...marks) {
    return `/api/rooms/${this.room}/sound?${marks.filter(Boolean).join("&")}`;
  }

  #ask(what, body) {
    return this.#post(`/api/rooms/${this.room}/${what}`, JSON.stringify(body));
  }

  async #post(address, body) {
    const response = await fetch(address, { method: "POST", body });
    if (response.status === 404) throw new Gone();
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }
}
