// Waiting jobs, the most urgent first and, among equals, the oldest first. There are few different priorities and
// possibly very many jobs, so each priority has its own line; a job taken out of turn leaves a gap that is skipped.

export class JobQueue {
  #lines = new Map(); // priority → {jobs, next}
  #size = 0;

  get size() {
    return this.#size;
  }

  push(job) {
    let line = this.#lines.get(job.priority);
    if (!line) this.#lines.set(job.priority, (line = { jobs: [], next: 0 }));
    line.jobs.push(job);
    this.#size += 1;
  }

  /** The next job, or undefined. */
  take() {
    while (this.#lines.size > 0) {
      const priority = Math.max(...this.#lines.keys());
      const line = this.#lines.get(priority);
      if (line.next < line.jobs.length) {
        this.#size -= 1;
        return line.jobs[line.next++];
      }
      this.#lines.delete(priority);
    }
    return undefined;
  }

  /** Takes out every job for which `wanted(job)` holds. */
  remove(wanted) {
    const out = [];
    for (const line of this.#lines.values()) {
      const kept = [];
      for (const job of line.jobs.slice(line.next)) (wanted(job) ? out : kept).push(job);
      line.jobs = kept;
      line.next = 0;
    }
    this.#size -= out.length;
    return out;
  }
}
