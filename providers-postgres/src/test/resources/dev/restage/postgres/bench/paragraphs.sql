-- Text like that of editors: a few thousand words, the first ones much more often than the last ones.
CREATE UNLOGGED TABLE bench_words AS
SELECT n, translate(substr(md5('word' || n), 1, 2 + n % 9), '0123456789', 'aeiourstln') AS word
FROM generate_series(0, 4095) n;

CREATE UNLOGGED TABLE bench_paragraphs AS
SELECT p AS n, string_agg(w.word, ' ' ORDER BY i) AS text
FROM generate_series(0, 1023) p
CROSS JOIN generate_series(1, 160) i
JOIN bench_words w ON w.n = (power((hashint4(p * 1000 + i) & 65535) / 65536.0, 3) * 4095)::integer
GROUP BY p;

ALTER TABLE bench_paragraphs ADD PRIMARY KEY (n);
