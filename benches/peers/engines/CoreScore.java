import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.Field;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene, exactly, over everybody. Each person is a document: a term a skill, everything else as doc values. The query is
 * a disjunction of constant scores (and a term that everybody has, so that nobody is left out).
 *
 * <p>`collector`: the rest is added in a collector of our own, so that Lucene scores the disjunction in bulk. `function`: in a
 * FunctionScoreQuery over doc values, the documented way. Both over one merged segment; from 100,000 people on over two, with
 * a thread each.
 */
public final class CoreScore {
    private static final int QUALITIES = 25;
    private static final String[] FLAT = {"dutch", "level", "hours_min", "hours_max", "x", "y", "reach", "sectors"};
    private static final int MANY = 100_000;

    private record Vacancy(int[] asked, int[] weights, int[] terms, int[] points) {}

    private record Entry(int id, int score) {}

    private static int[] numbers(String list) {
        String inner = list.substring(1, list.length() - 1);
        return inner.isEmpty() ? new int[0] : Arrays.stream(inner.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private static Vacancy vacancy(String line) {
        String[] fields = line.split("\t");
        int[] head = Arrays.stream(fields, 1, 9 + QUALITIES).mapToInt(Integer::parseInt).toArray();
        return new Vacancy(
            Arrays.copyOf(head, 8), Arrays.copyOfRange(head, 8, 8 + QUALITIES), numbers(fields[9 + QUALITIES]), numbers(fields[10 + QUALITIES]));
    }

    /** Everything but the skills, from doc values. */
    private static final class Rest {
        private final int base, dutch, level, hoursMin, hoursMax, x, y, sector;
        private final NumericDocValues[] flat = new NumericDocValues[FLAT.length];
        private final NumericDocValues[] qualities;
        private final int[] weights;

        Rest(Vacancy vacancy, LeafReaderContext leaf) throws IOException {
            int[] a = vacancy.asked;
            base = a[0]; dutch = a[1]; level = a[2]; hoursMin = a[3]; hoursMax = a[4]; x = a[5]; y = a[6]; sector = a[7];
            boolean[] needed = {dutch != 0, level != 0, hoursMax != 0, hoursMax != 0, x != 0 || y != 0, x != 0 || y != 0, x != 0 || y != 0, sector != 0};
            for (int at = 0; at < FLAT.length; at++) {
                flat[at] = needed[at] ? leaf.reader().getNumericDocValues(FLAT[at]) : null;
            }
            int[] asked = java.util.stream.IntStream.range(0, QUALITIES).filter(n -> vacancy.weights[n] != 0).toArray();
            weights = Arrays.stream(asked).map(n -> vacancy.weights[n]).toArray();
            qualities = new NumericDocValues[asked.length];
            for (int at = 0; at < asked.length; at++) {
                qualities[at] = leaf.reader().getNumericDocValues("q" + asked[at]);
            }
        }

        private static int value(NumericDocValues values, int doc) throws IOException {
            values.advanceExact(doc);
            return (int) values.longValue();
        }

        int of(int doc) throws IOException {
            int score = base;
            if (dutch != 0) {
                int own = value(flat[0], doc);
                score += own == 0 ? 750 : 1500 - 500 * Math.min(3, Math.max(0, dutch - own));
            }
            for (int at = 0; at < weights.length; at++) {
                score += weights[at] * value(qualities[at], doc);
            }
            if (hoursMax != 0) {
                int min = value(flat[2], doc), max = value(flat[3], doc);
                int gap = Math.max(0, Math.max(hoursMin - max, min - hoursMax));
                score += max == 0 ? 500 : Math.max(0, 1000 - 100 * gap);
            }
            if (x != 0 || y != 0) {
                int ownX = value(flat[4], doc), ownY = value(flat[5], doc), reach = value(flat[6], doc);
                int east = x - ownX, north = y - ownY;
                int distance = (int) Math.sqrt((double) (east * east + north * north));
                int near = 1500 * Math.max(0, Math.min(reach, 2 * reach - distance)) / reach;
                score += ownX == 0 && ownY == 0 ? 750 : near;
            }
            if (sector != 0) {
                int own = value(flat[7], doc);
                score += own == 0 ? 250 : 500 * ((own >> (sector - 1)) & 1);
            }
            if (level != 0) {
                int own = value(flat[1], doc);
                int known = own >= level ? 500 - 50 * (own - level) : Math.max(0, 500 - 250 * (level - own));
                score += own == 0 ? 250 : known;
            }
            return score;
        }
    }

    private static Query skills(Vacancy vacancy) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term("term", "all"))), 0f), BooleanClause.Occur.SHOULD);
        for (int at = 0; at < vacancy.terms.length; at++) {
            Query has = new ConstantScoreQuery(new TermQuery(new Term("term", Integer.toString(vacancy.terms[at]))));
            query.add(new BoostQuery(has, vacancy.points[at]), BooleanClause.Occur.SHOULD);
        }
        return query.build();
    }

    /** A short list by score, of equals the lowest number first; documents come in the order of the numbers. */
    private static final class Best implements Collector {
        private final Vacancy vacancy;
        private final List<Entry> top = new ArrayList<>();
        private final int most;

        Best(Vacancy vacancy, int most) {
            this.vacancy = vacancy;
            this.most = most;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE;
        }

        void offer(int id, int score) {
            if (top.size() == most && score <= top.get(most - 1).score) {
                return;
            }
            int at = top.size();
            while (at > 0 && top.get(at - 1).score < score) {
                at--;
            }
            top.add(at, new Entry(id, score));
            if (top.size() > most) {
                top.remove(most);
            }
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            Rest rest = new Rest(vacancy, leaf);
            int docBase = leaf.docBase;
            return new LeafCollector() {
                private Scorable skills;

                @Override
                public void setScorer(Scorable scorer) {
                    skills = scorer;
                }

                @Override
                public void collect(int doc) throws IOException {
                    offer(docBase + doc, (int) skills.score() + rest.of(doc));
                }
            };
        }
    }

    /** The skills' score and the rest, as a source of values for a FunctionScoreQuery. */
    private static final class Source extends DoubleValuesSource {
        private final Vacancy vacancy;

        Source(Vacancy vacancy) {
            this.vacancy = vacancy;
        }

        @Override
        public DoubleValues getValues(LeafReaderContext leaf, DoubleValues skills) throws IOException {
            Rest rest = new Rest(vacancy, leaf);
            return new DoubleValues() {
                private int doc;

                @Override
                public double doubleValue() throws IOException {
                    return skills.doubleValue() + rest.of(doc);
                }

                @Override
                public boolean advanceExact(int next) throws IOException {
                    doc = next;
                    return skills.advanceExact(next);
                }
            };
        }

        @Override public boolean needsScores() { return true; }
        @Override public DoubleValuesSource rewrite(IndexSearcher searcher) { return this; }
        @Override public int hashCode() { return System.identityHashCode(vacancy); }
        @Override public boolean equals(Object other) { return other instanceof Source same && same.vacancy == vacancy; }
        @Override public String toString() { return "core score"; }
        @Override public boolean isCacheable(LeafReaderContext leaf) { return false; }
        @Override public Explanation explain(LeafReaderContext leaf, int doc, Explanation skills) { return skills; }
    }

    private final IndexSearcher searcher;
    private final boolean collects;

    private CoreScore(IndexSearcher searcher, boolean collects) {
        this.searcher = searcher;
        this.collects = collects;
    }

    private List<Entry> top(Vacancy vacancy, int k) throws IOException {
        Query skills = skills(vacancy);
        if (!collects) {
            List<Entry> top = new ArrayList<>();
            for (ScoreDoc one : searcher.search(new FunctionScoreQuery(skills, new Source(vacancy)), k).scoreDocs) {
                top.add(new Entry(one.doc, (int) one.score));
            }
            return top;
        }
        return searcher.search(skills, new CollectorManager<Best, List<Entry>>() {
            @Override
            public Best newCollector() {
                return new Best(vacancy, k);
            }

            @Override
            public List<Entry> reduce(java.util.Collection<Best> parts) {
                Best all = new Best(vacancy, k);
                parts.stream().flatMap(part -> part.top.stream())
                    .sorted(java.util.Comparator.comparingInt(Entry::id)).forEach(one -> all.offer(one.id, one.score));
                return all.top;
            }
        });
    }

    private static IndexSearcher index(Path folder, Path place, ExecutorService threads) throws IOException {
        MMapDirectory directory = new MMapDirectory(place);
        // This policy keeps the documents in their order, so that a document's number is the person's.
        IndexWriterConfig config =
            new IndexWriterConfig(new KeywordAnalyzer()).setRAMBufferSizeMB(1_900).setMergePolicy(new LogDocMergePolicy());
        long half;
        try (var lines = Files.lines(folder.resolve("candidates.tsv"))) {
            half = lines.count() / 2;
        }
        int people = 0;
        try (IndexWriter writer = new IndexWriter(directory, config); BufferedReader lines = Files.newBufferedReader(folder.resolve("candidates.tsv"))) {
            for (String line; (line = lines.readLine()) != null; people++) {
                String[] fields = line.split("\t");
                Document document = new Document();
                document.add(new StringField("term", "all", Field.Store.NO));
                for (int term : numbers(fields[9 + QUALITIES])) {
                    document.add(new StringField("term", Integer.toString(term), Field.Store.NO));
                }
                for (int at = 0; at < FLAT.length; at++) {
                    document.add(new NumericDocValuesField(FLAT[at], Long.parseLong(fields[1 + at])));
                }
                for (int at = 0; at < QUALITIES; at++) {
                    document.add(new NumericDocValuesField("q" + at, Long.parseLong(fields[9 + at])));
                }
                writer.addDocument(document);
                if (people == half) {
                    writer.flush();
                }
            }
            writer.forceMerge(people < MANY ? 1 : 2);
        }
        DirectoryReader reader = DirectoryReader.open(directory);
        if (people < MANY) {
            return new IndexSearcher(reader);
        }
        if (reader.leaves().size() != 2) {
            throw new IllegalStateException(reader.leaves().size() + " segments, not two halves");
        }
        return new IndexSearcher(reader, threads) {
            @Override
            protected LeafSlice[] slices(List<LeafReaderContext> leaves) {
                // A thread a segment: left alone, segments of few people share one.
                return slices(leaves, 1, 1);
            }
        };
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        boolean collects = arguments[1].equals("collector");
        List<Vacancy> vacancies;
        try (var lines = Files.lines(folder.resolve("vacancies.tsv"))) {
            vacancies = lines.map(CoreScore::vacancy).toList();
        }
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(cores);
        long begin = System.nanoTime();
        Path place = Files.createTempDirectory("core-lucene");
        IndexSearcher searcher = index(folder, place, threads);
        // A cache of answers would answer the second round without a search.
        searcher.setQueryCache(null);
        CoreScore engine = new CoreScore(searcher, collects);
        // Queries of a night run beside each other, so each of them stays on its own thread.
        IndexSearcher alone = new IndexSearcher(searcher.getIndexReader());
        alone.setQueryCache(null);
        CoreScore nightly = new CoreScore(alone, collects);
        double build = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "{\"ready\": \"Lucene (%s)\", \"version\": \"%s\", \"build_seconds\": %f}%n", arguments[1], Version.LATEST, build);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = commands.readLine()) != null; ) {
            String[] words = line.split(" ");
            if (words[0].equals("single")) {
                Vacancy vacancy = vacancies.get(Integer.parseInt(words[1]));
                long started = System.nanoTime();
                List<Entry> top = engine.top(vacancy, Integer.parseInt(words[2]));
                double seconds = (System.nanoTime() - started) / 1e9;
                StringBuilder list = new StringBuilder();
                for (Entry one : top) {
                    list.append(list.isEmpty() ? "" : ", ").append("[").append(one.id).append(", ").append(one.score).append("]");
                }
                System.out.printf(Locale.ROOT, "{\"seconds\": %.9f, \"top\": [%s]}%n", seconds, list);
            } else if (words[0].equals("night")) {
                int first = Integer.parseInt(words[1]), count = Integer.parseInt(words[2]), k = Integer.parseInt(words[3]);
                long started = System.nanoTime();
                List<Future<List<Entry>>> lists = new ArrayList<>();
                for (int at = 0; at < count; at++) {
                    Vacancy vacancy = vacancies.get(first + at);
                    lists.add(threads.submit(() -> nightly.top(vacancy, k)));
                }
                long sum = 0;
                for (int at = 0; at < count; at++) {
                    List<Entry> top = lists.get(at).get();
                    for (int rank = 0; rank < top.size(); rank++) {
                        sum += (long) (at + 1) * (rank + 1) * (top.get(rank).score * 1_000_003L + top.get(rank).id);
                    }
                }
                double seconds = (System.nanoTime() - started) / 1e9;
                System.out.printf(Locale.ROOT, "{\"seconds\": %.9f, \"sum\": \"%s\"}%n", seconds, Long.toUnsignedString(sum));
            } else {
                System.out.printf("{\"plan\": \"%s\"}%n", skills(vacancies.get(0)).toString().replace("\"", "'"));
            }
        }
        threads.shutdown();
        searcher.getIndexReader().close();
        try (var files = Files.walk(place)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
