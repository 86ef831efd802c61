package org.nnd.draw;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Places boxes, boxes within boxes, and lines between them from top to bottom, so that boxes do not
 * overlap and lines seldom cross: the layered method (Sugiyama et al. 1981) of the Eclipse Layout
 * Kernel, which nothing else in NND meets.
 */
final class Layered {
  private static final double BETWEEN = 16;
  private static final double MARGIN = 8;

  static {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
  }

  /**
   * A box to be placed.
   *
   * @param width of a box without others in it, or the least of one with
   * @param height of a box without others in it, or of the heading of one with
   */
  record Box(int id, double width, double height, List<Box> boxes) {}

  record Rectangle(double x, double y, double width, double height) {}

  record Point(double x, double y) {}

  /** A line from the bottom of a box to the top of another, corners included. */
  record Route(Structure.Link link, List<Point> points) {}

  record Placed(Map<Integer, Rectangle> boxes, List<Route> routes, double width, double height) {}

  private final Map<Integer, ElkNode> nodes = new HashMap<>();
  private final Map<Integer, Rectangle> places = new HashMap<>();

  private Layered() {}

  /** {@return where everything goes; coordinates from the upper left corner} */
  static synchronized Placed place(List<Box> boxes, Collection<Structure.Link> links) {
    return new Layered().run(boxes, links);
  }

  private Placed run(List<Box> boxes, Collection<Structure.Link> links) {
    ElkNode graph = ElkGraphUtil.createGraph();
    configure(graph);
    graph.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
    boxes.forEach(box -> add(graph, box));
    Map<ElkEdge, Structure.Link> edges = new HashMap<>();
    List<ElkEdge> order = new ArrayList<>();
    for (Structure.Link link : links) {
      ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(link.from()), nodes.get(link.to()));
      edges.put(edge, link);
      order.add(edge);
    }
    new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
    nodes.forEach((id, node) -> places.put(id, rectangle(node)));
    List<Route> routes = order.stream().map(edge -> route(edge, edges.get(edge))).toList();
    return new Placed(places, routes, graph.getWidth(), graph.getHeight());
  }

  private void add(ElkNode parent, Box box) {
    ElkNode node = ElkGraphUtil.createNode(parent);
    nodes.put(box.id(), node);
    if (box.boxes().isEmpty()) {
      node.setDimensions(box.width(), box.height());
      return;
    }
    configure(node);
    node.setProperty(
        CoreOptions.PADDING, new ElkPadding(box.height() + MARGIN, MARGIN, MARGIN, MARGIN));
    node.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.of(SizeConstraint.MINIMUM_SIZE));
    // Downwards is laid out as to the right and turned at the end, this property apart.
    node.setProperty(CoreOptions.NODE_SIZE_MINIMUM, new KVector(box.height(), box.width()));
    box.boxes().forEach(inner -> add(node, inner));
  }

  private static void configure(ElkNode node) {
    node.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    node.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
    node.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    node.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    node.setProperty(CoreOptions.SPACING_NODE_NODE, BETWEEN);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN);
    node.setProperty(LayeredOptions.SPACING_EDGE_NODE, 10.0);
    node.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 8.0);
    node.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 8.0);
  }

  private static Rectangle rectangle(ElkNode node) {
    Point origin = origin(node.getParent());
    return new Rectangle(
        origin.x() + node.getX(), origin.y() + node.getY(), node.getWidth(), node.getHeight());
  }

  /** Places are told within the box around. */
  private static Point origin(ElkNode node) {
    double x = 0;
    double y = 0;
    for (ElkNode n = node; n != null && n.getParent() != null; n = n.getParent()) {
      x += n.getX();
      y += n.getY();
    }
    return new Point(x, y);
  }

  private static Route route(ElkEdge edge, Structure.Link link) {
    Point origin = origin(edge.getContainingNode());
    List<Point> points = new ArrayList<>();
    for (ElkEdgeSection section : edge.getSections()) {
      points.add(moved(origin, section.getStartX(), section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        points.add(moved(origin, bend.getX(), bend.getY()));
      }
      points.add(moved(origin, section.getEndX(), section.getEndY()));
    }
    return new Route(link, points);
  }

  private static Point moved(Point origin, double x, double y) {
    return new Point(origin.x() + x, origin.y() + y);
  }
}
